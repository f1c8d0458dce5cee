using Archiver.Web.Api.Docs;
using Archiver.Web.Api.Idempotency;
using Archiver.Web.Api.Resources;
using Archiver.Web.Api.Tokens;
using Archiver.Web.Identity.Sessions;
using Archiver.Web.Identity.SignIn;
using Archiver.Web.Webhooks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Archiver.Web.Api;

/// <summary>Registers the API for programs, and what tells them by themselves.</summary>
internal static class ApiRegistration
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddOptions<ApiOptions>().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<ApiOptions>, ApiOptionsReader>();
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsReader>();
        services.AddSingleton<ApiPace>();
        services.AddSingleton<IIdempotency, IdempotencyStore>();
        services.AddSingleton<OnceOnly>();
        services.AddSingleton<ApprovalsQuery>();
        services.AddScoped<DecisionService>();
        services.AddSingleton<LocalTokens>();
        services.AddAuthentication()
            .AddJwtBearer(ApiSchemes.Provider, _ => { })
            .AddScheme<AuthenticationSchemeOptions, LocalTokenScheme>(ApiSchemes.Local, null)
            .AddPolicyScheme(ApiSchemes.Either, null, options => options.ForwardDefaultSelector = http =>
                http.Request.Headers.Authorization.Count > 0 ? ApiSchemes.Api : SessionScheme.Name)
            .AddPolicyScheme(ApiSchemes.Api, null, options => options.ForwardDefaultSelector = http =>
                http.RequestServices.GetRequiredService<SignInOptions>().HasProvider ? ApiSchemes.Provider : ApiSchemes.Local);
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, AccessTokens>();
        services.AddApiDocument();
        return services.AddWebhooks();
    }

    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder api = endpoints.MapGroup(ApiEndpoints.Prefix);
        // The token decides, and a cookie that a browser sends along does not.
        api.WithMetadata(new AuthorizeAttribute { AuthenticationSchemes = ApiSchemes.Api });
        api.AddEndpointFilter<ApiFilter>();
        api.MapApprovalsResource();
        api.MapClaimsResource();
        api.MapRunsResource();
        api.MapResultsResource();
        endpoints.MapApiDocument();
        endpoints.MapTokens();
        // Last, and behind everything else: it takes whatever is left.
        endpoints.Map("/api/{**address}", NoSuchAddress.Handle).WithOrder(int.MaxValue - 1).ExcludeFromDescription().AllowAnonymous();
        return endpoints;
    }
}
