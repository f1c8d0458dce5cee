using System.Reflection;
using Amazon.Runtime;

namespace Amazon.StepFunctions.Tests;

/// <summary>The constants are named after their values, and every value finds its constant.</summary>
public sealed class ConstantTests
{
    public static TheoryData<Type, int> Classes => new()
    {
        { typeof(EncryptionType), 2 },
        { typeof(ExecutionRedriveFilter), 2 },
        { typeof(ExecutionRedriveStatus), 3 },
        { typeof(ExecutionStatus), 6 },
        { typeof(HistoryEventType), 62 },
        { typeof(IncludedData), 2 },
        { typeof(KmsKeyState), 5 },
        { typeof(LogLevel), 4 },
        { typeof(StateMachineStatus), 2 },
        { typeof(StateMachineType), 2 },
        { typeof(SyncExecutionStatus), 3 },
        { typeof(ValidationExceptionReason), 4 },
    };

    [Theory]
    [MemberData(nameof(Classes))]
    public void Constants_OfAClass_AreFoundByTheValueThatIsTheirName(Type type, int count)
    {
        var fields = type.GetFields(BindingFlags.Public | BindingFlags.Static);

        Assert.Equal(count, fields.Length);
        Assert.All(fields, field =>
        {
            var constant = (ConstantClass)field.GetValue(null)!;
            Assert.Equal(field.Name, constant.Value);
            Assert.Same(constant, type.GetMethod("FindValue", [typeof(string)])!.Invoke(null, [field.Name]));
            Assert.Same(constant, type.GetMethod("op_Implicit", [typeof(string)])!.Invoke(null, [field.Name]));
        });
    }
}
