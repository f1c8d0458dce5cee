using System.Runtime.CompilerServices;
using Bunit;

namespace Archiver.Web.Tests;

/// <summary>How long a component is waited for. It is a limit for what never comes, not a pace: a machine under load must not turn a test red.</summary>
internal static class WaitLimit
{
    [ModuleInitializer]
    internal static void Set() => BunitContext.DefaultWaitTimeout = TimeSpan.FromSeconds(30);
}
