using System.Net;
using Archiver.Web.Approvals;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Webhooks;

/// <summary>Registers the feature.</summary>
internal static class WebhooksRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptions<WebhookOptions>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<WebhookOptions>, WebhookOptionsReader>();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsReader>();
        services.AddHttpClient(WebhookSender.Client, client => client.Timeout = Timeout.InfiniteTimeSpan) // each attempt has its own
            .ConfigurePrimaryHttpMessageHandler(CreateHandler)
            .RemoveAllLoggers(); // they write addresses down
        services.AddSingleton<IApprovalEvents, WebhookEvents>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookStatus>();
        services.AddSingleton<WebhookDelivery>();
        services.AddHostedService<WebhookWorker>();
        services.AddHealthChecks().AddCheck<WebhookHealth>("webhooks");
        return services;
    }

    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = WebhookSender.Timeout,
        MaxResponseHeadersLength = 16, // KB
        // What of an answer's body is looked at before its connection is given up.
        MaxResponseDrainSize = 4096,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };
}
