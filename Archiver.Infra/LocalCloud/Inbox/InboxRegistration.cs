using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Archiver.Infra.LocalCloud.Inbox;

/// <summary>The folder that files are dropped in.</summary>
internal static class InboxRegistration
{
    public static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddSingleton<InboxFolder>()
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<InboxFolder>())
        .AddSingleton<IStartupTask, InboxOpening>();
}
