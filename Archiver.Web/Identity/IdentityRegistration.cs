using Archiver.Web.Identity.Access;

namespace Archiver.Web.Identity;

/// <summary>Registers who the person in front of a circuit is.</summary>
internal static class IdentityRegistration
{
    public static IServiceCollection AddIdentity(this IServiceCollection services) => services.AddScoped<Caller>().AddScoped<CommandGate>();
}
