using Archiver.Web.Identity.Access;
using Archiver.Web.Identity.Local;
using Archiver.Web.Identity.Provider;
using Archiver.Web.Identity.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Identity.SignIn;

/// <summary>Registers signing in: sessions, who may see what, and the way in.</summary>
internal static class SignInRegistration
{
    public static IServiceCollection AddSignIn(this IServiceCollection services, SignInOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionService>();
        services.AddSingleton<SignInRecord>();
        services.AddScoped<CallerSession>();
        services.AddScoped<SignOutCommand>();
        services.AddScoped<ActAsCommand>();
        services.AddScoped<CircuitHandler, SessionCircuit>();
        services.AddCascadingAuthenticationState();
        services.AddAccessPolicies();
        services.AddAuthentication(SessionScheme.Name).AddScheme<AuthenticationSchemeOptions, SessionScheme>(SessionScheme.Name, null);

        // Every replica opens what another one sealed, and a restart loses none of it.
        services.AddDataProtection().SetApplicationName("archiver");
        services.AddSingleton<KeyRepository>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = provider.GetRequiredService<KeyRepository>()));

        if (options.HasProvider)
        {
            services.AddProvider(options);
        }
        else
        {
            services.AddSingleton(new Terminal(Console.Out));
            services.AddSingleton<OneTimeLink>();
            services.AddSingleton<LinkPrinter>();
            services.AddHostedService(provider => provider.GetRequiredService<LinkPrinter>());
            services.AddSingleton<LocalSignIn>();
        }
        return services;
    }

    /// <summary>Refuses what whoever sends a request may not, once authentication found out who that is.</summary>
    public static void UseSignIn(this IApplicationBuilder app)
    {
        app.UseAuthorization();
        // After authorization: an endpoint may have a scheme of its own.
        app.Use(static (context, next) =>
        {
            context.RequestServices.GetRequiredService<Caller>().Become(PersonClaims.PersonOf(context.User), context.Connection.RemoteIpAddress?.ToString());
            return next(context);
        });
    }
}
