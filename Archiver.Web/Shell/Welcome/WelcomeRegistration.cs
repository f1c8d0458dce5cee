namespace Archiver.Web.Shell.Welcome;

/// <summary>Registers what welcomes whoever starts Archiver for the first time.</summary>
internal static class WelcomeRegistration
{
    public static IServiceCollection AddWelcome(this IServiceCollection services) => services.AddSingleton<FirstStart>().AddScoped<FirstRuns>();
}
