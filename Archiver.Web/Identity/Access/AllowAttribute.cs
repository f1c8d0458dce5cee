using Microsoft.AspNetCore.Authorization;

namespace Archiver.Web.Identity.Access;

/// <summary>Names the operation that a page or an endpoint is: whoever may not do it does not get there.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class AllowAttribute(Operation operation) : AuthorizeAttribute(PolicyOf(operation))
{
    /// <summary>The operation.</summary>
    public Operation Operation { get; } = operation;

    /// <summary>The name of an operation's policy.</summary>
    public static string PolicyOf(Operation operation) => $"operation:{operation}";
}
