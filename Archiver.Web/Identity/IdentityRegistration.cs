using Archiver.Web.Identity.Access;

namespace Archiver.Web.Identity;

/// <summary>Registers who is behind a circuit or a request, and the gate that their commands go through.</summary>
internal static class IdentityRegistration
{
    public static IServiceCollection AddIdentity(this IServiceCollection services) => services.AddScoped<Caller>().AddScoped<CommandGate>();
}
