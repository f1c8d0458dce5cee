using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Archiver.Infra.LocalCloud;

/// <summary>The local cloud as a part of another program.</summary>
public interface ILocalCloud
{
    /// <summary>Where the AWS endpoint answers.</summary>
    /// <exception cref="InvalidOperationException">Asked before the host started it.</exception>
    Uri Endpoint { get; }
}

/// <summary>Puts a local cloud into a host.</summary>
public static class LocalCloudRegistration
{
    /// <summary>
    /// Runs a local cloud with the host: it serves before the hosted services that are registered after this call start, and until
    /// they have stopped. A start that fails ends the host's start with a <see cref="LocalCloudException"/>, or with an
    /// <see cref="OptionsValidationException"/> that has every wrong setting.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options, such as by binding <c>Cloud:Local</c>.</param>
    public static IServiceCollection AddLocalCloud(this IServiceCollection services, Action<LocalCloudOptions> configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<LocalCloudOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LocalCloudOptions>, LocalCloudOptionsValidator>();
        services.AddSingleton<LocalCloudHostedService>();
        services.AddSingleton<ILocalCloud>(provider => provider.GetRequiredService<LocalCloudHostedService>());
        services.AddHostedService(provider => provider.GetRequiredService<LocalCloudHostedService>());
        return services;
    }
}
