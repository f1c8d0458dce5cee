namespace Archiver.Infra.Tests.Stack;

public sealed class BrokenTemplateTests
{
    public static TheoryData<string, string> Broken => new()
    {
        // not a template at all
        { "", "(1,1): The template is empty." },
        { "- 1", "(1,1): A template is a map of sections, not a list." },
        { "Resources: {}\n---\nResources: {}", "(2,1): The file has a second document; a template is one." },
        { "Resources:\n  A: {Type: T", "(3,1): The template is not YAML: While parsing a flow mapping, did not find expected ',' or '}'." },
        { "Resources: [1,2\nB: 3", "(1,14): The template is not YAML: a bracket is not closed, or a value can't stand here." },
        { "Resources:\n\tA: 1", "(1,1): The template is not YAML: While scanning a mapping, found invalid tab as indentation." },
        { "Resources:\n  A: &x {Type: T}\n  B: *x", "(3,6): CloudFormation takes no YAML aliases." },
        { "Resources:\n  A:\n    <<: {Type: T}", "(3,5): CloudFormation takes no YAML merges." },
        { "Resources:\n  ? [a]\n  : b", "(2,5): A key must be text." },
        { "Resources: !!binary x", "(1,12): CloudFormation does not take the tag tag:yaml.org,2002:binary." },
        { "Resources: " + new string('[', 101), "(1,111): The template is nested more than 100 deep." },
        // sections
        { "Description: x", "(1,1): The template has no section Resources." },
        { "Resources: {}\nRessources: {}", "(2,1): A template has no section Ressources." },
        { "Resources: {}\nRules: {}", "(2,1): The local cloud does not have the section Rules." },
        { "Resources: {}\nAWSTemplateFormatVersion: 2011-01-01", "(2,27): AWSTemplateFormatVersion must be 2010-09-09." },
        { "Resources: {}\nTransform: AWS::LanguageExtensions", "(2,12): The local cloud has the transform AWS::Serverless-2016-10-31 alone." },
        { "Resources: {}\nGlobals: {}", "(2,1): Globals needs the line 'Transform: AWS::Serverless-2016-10-31' in the template." },
        { "Outputs: {}\nResources:" + string.Concat(Enumerable.Range(0, 501).Select(i => $"\n  R{i}: {{Type: T}}")), "(503,3): Resources has 501 entries; 500 is the most." },
        { "Resources: {}\n#" + new string('x', 1_000_000), "(1,1): The template has more than 1000000 bytes." },
        { "Resources: []", "(1,12): Resources must be a map, not a list." },
        { "Resources:\n  A: {Type: T}\n  A: {Type: T}", "(3,3): The key A is here a second time." },
        // resources
        { "Resources:\n  A-b: {Type: T}", "(2,3): A-b is no name: a name in Resources has letters and digits only." },
        { "Resources:\n  A: T", "(2,6): The resource A must be a map, not text." },
        { "Resources:\n  A: {Properties: {}}", "(2,3): The resource A has no Type." },
        { "Resources:\n  A: {Type: T, Property: {}}", "(2,16): A resource has no Property." },
        { "Resources:\n  A: {Type: T, Properties: [1]}", "(2,28): Properties of A must be a map, not a list." },
        { "Resources:\n  A: {Type: T, DeletionPolicy: Keep}", "(2,32): DeletionPolicy must be Retain, Delete, Snapshot or RetainExceptOnCreate." },
        { "Resources:\n  A: {Type: T, DependsOn: B}", "(2,27): A depends on B, which is no resource of the template." },
        { "Resources:\n  A: {Type: T, DependsOn: [{}]}", "(2,28): DependsOn must be names, not a map." },
        { "Resources:\n  A: {Type: T, Condition: C}", "(2,27): There is no condition C." },
        { "Resources:\n  A: {Type: T, Condition: [C]}", "(2,27): Condition must be a name, not a list." },
        { "Resources:\n  A: {Type: AWS::Serverless::Function}", "(2,13): AWS::Serverless::Function needs the line 'Transform: AWS::Serverless-2016-10-31' in the template." },
        { "Parameters: {A: {Type: String, Default: x}}\nResources:\n  A: {Type: T}", "(3,3): A names a parameter and a resource." },
        // names
        { R("!Ref Nobody"), "(3,22): Nobody is not a parameter or a resource of the template." },
        { R("{Ref: Nobody}"), "(3,22): Nobody is not a parameter or a resource of the template." },
        { R("!GetAtt Nobody.Arn"), "(3,22): Nobody is not a resource of the template." },
        { R("!Sub '${Nobody}'"), "(3,22): Nobody is not a parameter or a resource of the template." },
        { R("!Sub '${Nobody.Arn}'"), "(3,22): Nobody is not a resource of the template." },
        { R("!Sub ['${Nobody}', {Other: 1}]"), "(3,28): Nobody is not a parameter or a resource of the template." },
        { R("!Ref AWS::Nothing"), "(3,22): AWS::Nothing is not a parameter or a resource of the template." },
        { R("!If [Nobody, 1, 2]"), "(3,27): There is no condition Nobody." },
        { R("!If [C, !Ref Nobody, 2]") + "\nConditions: {C: !Equals [1, 2]}", "(3,30): Nobody is not a parameter or a resource of the template." },
        { R("!FindInMap [Nobody, a, b]"), "(3,34): There is no mapping Nobody." },
        { "Resources: {}\nConditions:\n  C: !Condition D", "(3,6): There is no condition D." },
        { "Resources: {A: {Type: T}}\nConditions:\n  C: !Equals [!Ref A, 1]", "(3,15): A is not a parameter of the template." },
        { "Resources: {}\nOutputs:\n  O: {Value: !Ref Nobody}", "(3,14): Nobody is not a parameter or a resource of the template." },
        { "Resources: {}\nOutputs:\n  O: {Value: 1, Condition: C}", "(3,28): There is no condition C." },
        // functions
        { R("!Reff A"), "(3,22): There is no function !Reff." },
        { R("{'Fn::Subb': A}"), "(3,22): There is no function Fn::Subb." },
        { R("!ImportValue x"), "(3,22): The local cloud does not have Fn::ImportValue: there is no other stack to import from." },
        { R("{'Fn::GetAZs': ''}"), "(3,22): The local cloud does not have Fn::GetAZs: it has no availability zones." },
        { R("!Cidr [a, 1, 2]"), "(3,22): The local cloud does not have Fn::Cidr: it has no networks." },
        { R("{'Fn::Transform': {Name: AWS::Include}}"), "(3,22): The local cloud does not have Fn::Transform: it runs no macros." },
        { R("{'Fn::Length': [1]}"), "(3,22): The local cloud does not have Fn::Length: it does not have the transform AWS::LanguageExtensions." },
        { R("{'Fn::Sub': x, Other: y}"), "(3,23): Fn::Sub must be the only key of its map." },
        { R("!Ref [A]"), "(3,22): Ref takes the name of a parameter or a resource." },
        { R("!GetAtt A"), "(3,22): Fn::GetAtt takes a resource and an attribute: Resource.Attribute, or a list of the two." },
        { R("!GetAtt A."), "(3,22): Fn::GetAtt takes a resource and an attribute: Resource.Attribute, or a list of the two." },
        { R("!Sub [x]"), "(3,22): Fn::Sub takes text, or a list of text and a map of variables." },
        { R("!Sub '${a b}'"), "(3,22): Fn::Sub has ${a b}; a name has letters, digits, underscores, periods and colons." },
        { R("!Sub '${}'"), "(3,22): Fn::Sub has ${}; a name has letters, digits, underscores, periods and colons." },
        { R("!Join [a, b]"), "(3,22): Fn::Join takes a list of a delimiter and a list." },
        { R("!Select [0]"), "(3,22): Fn::Select takes a list of an index and a list." },
        { R("!Split ['', x]"), "(3,22): Fn::Split takes a list of a delimiter, which is not empty, and text." },
        { R("!If [C, 1]"), "(3,22): Fn::If takes a list of a condition's name, the value if it holds and the value if not." },
        { R("!FindInMap [a, b]"), "(3,22): Fn::FindInMap takes a list of a mapping's name and two keys." },
        { R("!Equals [1, 1]"), "(3,22): Fn::Equals can stand in Conditions only; here a condition is named by Fn::If or Condition." },
        { "Resources: {}\nConditions:\n  C: !And [!Equals [1, 1]]", "(3,6): Fn::And takes a list of 2 to 10 conditions." },
        { "Resources: {}\nConditions:\n  C: !Not [!Equals [1, 1], 2]", "(3,6): Fn::Not takes a list of one condition." },
        { "Resources: {}\nConditions:\n  C: !Equals [1]", "(3,6): Fn::Equals takes a list of two values." },
        { "Resources: {}\nConditions:\n  C: !Equals [!GetAtt A.B, 1]", "(3,15): Fn::GetAtt can't stand in Conditions." },
        { "Resources: {}\nConditions:\n  C: !Not [!Or [!Condition D, !Condition C]]\n  D: !Equals [1, 1]", "(3,3): The condition C depends on itself." },
        // values
        { R("!Select [2, [a, b]]"), "(3,31): Fn::Select asks for item 2 of a list of 2; the first is 0." },
        { R("!Select [-1, [a, b]]"), "(3,31): Fn::Select asks for item -1 of a list of 2; the first is 0." },
        { R("!Sub ['${L}', {L: [1]}]"), "(3,40): Text is needed here, not a list." },
        { R("!Join ['', !Ref AWS::StackName]"), "(3,33): A list is needed here." },
        { R("!FindInMap [M, x, b]") + "\nMappings: {M: {a: {b: 1}}}", "(3,37): The mapping M has no key x." },
        { R("!FindInMap [M, a, x]") + "\nMappings: {M: {a: {b: 1}}}", "(3,40): a in the mapping M has no key x." },
        { R("!GetAtt A.Nope") + "\n  A: {Type: T}", "(3,22): A (T) has no attribute Nope; it has A.B, Arn." },
        { "Resources: {A: {Type: T, Condition: C}}\nConditions:\n  C: {a: b, c: d}", "(3,6): A condition is Fn::Equals, Fn::And, Fn::Or, Fn::Not or Condition, not a map." },
        { "Resources: {}\nOutputs:\n  O: {Value: !Ref AWS::NoValue}", "(3,14): AWS::NoValue can't stand here." },
        { "Resources: {}\nOutputs:\n  O: {Value: 1, Extra: 2}", "(3,17): An output has no Extra." },
        { "Resources: {}\nOutputs:\n  O: 1", "(3,6): The output O must be a map with a Value." },
        { "Resources: {}\nOutputs:\n  O: {Value: 1, Export: x}", "(3,25): Export must be a map with a Name." },
        { "Resources: {}\nMappings: {M: 1}", "(2,15): The mapping M must be a map, not a number." },
        { "Resources: {}\nMappings: {M: {a: 1}}", "(2,19): a of the mapping M must be a map, not a number." },
        { "Resources: {}\nMappings: {M: {a: {b: {c: 1}}}}", "(2,23): b of the mapping M must be a value or a list of values, not a map." },
        // order
        { "Resources:\n  A: {Type: T, Properties: {X: !Ref B}}\n  B: {Type: T, DependsOn: C}\n  C: {Type: T, Properties: {X: !Sub '${A.Arn}'}}", "(4,32): These resources need each other in a circle: A -> B -> C -> A." },
        { "Resources:\n  A: {Type: T, Properties: {X: !Ref A}}", "(2,32): These resources need each other in a circle: A -> A." },
        { "Conditions: {C: !Equals [1, 2]}\nResources:\n  A: {Type: T, Properties: {X: !Ref B}}\n  B: {Type: T, Condition: C}", "(3,32): A needs B, which is not created because its condition C does not hold." },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Read_BrokenTemplate_SaysWhatAndWhere(string template, string expected) => Assert.Equal(["t.yaml" + expected], TemplateText.Findings(template));

    [Fact]
    public void Read_ManyErrors_AreToldAtOnce()
    {
        string[] findings = TemplateText.Findings("""
            Transform: AWS::Serverless-2016-10-31
            Globals:
              Api: {}
              Function: {Role: x}
            Parameters:
              P: {Type: Strin}
            Resources:
              A: {Typ: T}
            """);

        Assert.Equal(
            [
                "t.yaml(3,3): Globals has no Api here; it has Function, StateMachine, SimpleTable.",
                "t.yaml(4,14): Role can't stand in Globals for Function.",
                "t.yaml(6,13): The parameter P has the type Strin; the local cloud has String, Number, CommaDelimitedList, List<Number>.",
                "t.yaml(8,7): A resource has no Typ.",
                "t.yaml(8,3): The resource A has no Type.",
            ],
            findings);
    }

    [Fact]
    public void Read_DependsOnWhatIsNotCreated_IsLetGo() =>
        Assert.Empty(TemplateText.Findings("Conditions: {C: !Equals [1, 2]}\nResources:\n  A: {Type: T, DependsOn: B}\n  B: {Type: T, Condition: C}"));

    [Fact]
    public void Read_ReferenceInABranchNotTaken_IsNoDependency() => Assert.Empty(TemplateText.Findings(
        "Conditions: {C: !Equals [1, 2]}\nResources:\n  A: {Type: T, Properties: {X: !If [C, !Ref B, 0]}}\n  B: {Type: T, Condition: C}"));

    /// <summary>A template of one resource whose property X, on line 3 from column 22, is the expression.</summary>
    private static string R(string expression) => $"Resources:\n  R: {{Type: T, Properties: {{\n                  X: {expression}}}}}";
}
