using Archiver.Web.Identity;
using Archiver.Web.Identity.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Web.Tests.Identity;

/// <summary>Gives a person a session, without a way in.</summary>
internal static class SignedIn
{
    /// <summary>Has every request come of a person, for tests of what lies behind the way in.</summary>
    public static void UseCaller(this IApplicationBuilder app, Person person) => app.Use((context, next) =>
    {
        context.RequestServices.GetRequiredService<Caller>().Become(person, "127.0.0.1");
        return next(context);
    });

    /// <summary>Starts a session, and gives the cookie that stands for it.</summary>
    /// <param name="services">The dashboard's.</param>
    /// <param name="address">The dashboard's address, by whose port the cookie is named.</param>
    public static async Task<string> SignInAsync(this IServiceProvider services, Uri address, Person person)
    {
        (string id, _) = await services.GetRequiredService<SessionService>().StartAsync(person, "127.0.0.1", TestContext.Current.CancellationToken);
        DefaultHttpContext context = new();
        context.Request.Scheme = address.Scheme;
        context.Request.Host = HostString.FromUriComponent(address);
        return $"{SessionCookie.Name(context.Request)}={id}";
    }
}
