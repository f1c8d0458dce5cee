using Archiver.Web.Api;
using Archiver.Web.Approvals;
using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Identity.SignIn;
using Archiver.Web.Preview;
using Archiver.Web.Results;
using Archiver.Web.Runs;
using Archiver.Web.Shell;

namespace Archiver.Web;

/// <summary>The dashboard put together: every feature, on one cloud.</summary>
internal static class Dashboard
{
    /// <summary>Registers every feature.</summary>
    /// <exception cref="StartupException">Settings are wrong: all of them, each by its key.</exception>
    public static void Register(WebApplicationBuilder builder, CloudConnection cloud)
    {
        SignInOptions signIn = SignInOptionsReader.Read(builder.Configuration);
        if (!signIn.HasProvider) LoopbackGuard.CheckAddresses(builder.Configuration);

        builder.WebHost.UseStaticWebAssets(); // dotnet run serves them from where they are built, in every environment
        builder.Services.AddCloud(cloud).AddShell().AddIdentity().AddSignIn(signIn).AddAudit().AddApprovals().AddRuns().AddResults().AddPreview().AddApi();
    }

    /// <summary>Maps every page and endpoint.</summary>
    public static WebApplication Map(WebApplication app)
    {
        app.UseShell();
        app.MapShell();
        app.MapSignIn();
        app.MapApprovals().MapRuns().MapResults().MapPreview().MapAudit().MapApi();
        return app;
    }
}
