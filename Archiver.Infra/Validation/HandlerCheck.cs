using System.Reflection;
using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Stack;

namespace Archiver.Infra.Validation;

/// <summary>Checks that a function's handler exists, in the assembly that travels with this program.</summary>
internal static class HandlerCheck
{
    /// <summary>Checks a function.</summary>
    public static void Check(ResourceDeclaration declaration, TemplateResource function, ICollection<Finding> findings)
    {
        SourceLocation At(string property) => declaration.Properties[property]?.At ?? declaration.At;
        string? runtime = (function.Properties["Runtime"] as JsonValue)?.ToString();
        if (runtime?.StartsWith("dotnet", StringComparison.Ordinal) != true)
        {
            findings.Add(Finding.Error("RUNTIME", $"The function {function.LogicalId} has the runtime {runtime ?? "nothing"}; the local cloud runs dotnet functions.", At("Runtime")));
            return;
        }
        string? handler = (function.Properties["Handler"] as JsonValue)?.ToString();
        if (Missing(handler) is { } missing)
            findings.Add(Finding.Error("HANDLER", $"The handler of {function.LogicalId} is {handler ?? "not given"}: {missing}.", At("Handler")));
    }

    private static string? Missing(string? handler)
    {
        if (handler?.Split("::") is not [{ Length: > 0 } assemblyName, { Length: > 0 } typeName, { Length: > 0 } methodName])
            return "a handler reads Assembly::Namespace.Type::Method";
        Assembly assembly;
        try
        {
            assembly = Assembly.Load(new AssemblyName(assemblyName));
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            return $"there is no assembly {assemblyName} beside this program";
        }
        if (assembly.GetType(typeName) is not { } type)
            return $"{assemblyName} has no type {typeName}";
        return type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Any(method => method.Name == methodName)
            ? null
            : $"{typeName} has no public method {methodName}";
    }
}
