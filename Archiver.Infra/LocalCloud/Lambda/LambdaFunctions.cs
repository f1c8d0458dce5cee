using System.Collections.Concurrent;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Lambda;

/// <summary>The stack's functions by name. They are code of this program, so nothing of them is stored: each start names them anew.</summary>
internal sealed class LambdaFunctions(CloudIdentity identity)
{
    private readonly ConcurrentDictionary<string, LambdaFunction> _functions = new(StringComparer.Ordinal);

    /// <summary>Every function, by name.</summary>
    public IReadOnlyList<LambdaFunction> All => [.. _functions.Values.OrderBy(function => function.Name, StringComparer.Ordinal)];

    /// <summary>The ARN of the function of that name.</summary>
    public string ArnOf(string name) => identity.Arn("lambda", $"function:{name}");

    /// <summary>Adds a function, or takes it for the one that has its name.</summary>
    public void Set(LambdaFunction function) => _functions[function.Name] = function;

    /// <summary>Finds a function.</summary>
    /// <param name="function">Its name, partial ARN (<c>ACCOUNT:function:NAME</c>) or ARN, with or without <c>:$LATEST</c>.</param>
    /// <exception cref="AwsError"><c>ResourceNotFoundException</c>.</exception>
    public LambdaFunction Require(string function)
    {
        string[] parts = function.Split(':');
        int at = Array.IndexOf(parts, "function") + 1; // 0 when there is only a name
        bool latest = parts.Length - at == 1 || (parts.Length - at == 2 && parts[at + 1] == "$LATEST");
        return latest && _functions.TryGetValue(parts[at], out LambdaFunction? found)
            ? found
            : throw new AwsError(
                "ResourceNotFoundException",
                $"Function not found: {(at > 0 && parts.Length >= 7 ? function : ArnOf(function))}",
                404);
    }
}
