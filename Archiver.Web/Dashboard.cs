using Archiver.Web.Api;
using Archiver.Web.Approvals;
using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Identity.SignIn;
using Archiver.Web.Results;
using Archiver.Web.Runs;
using Archiver.Web.Shell;

namespace Archiver.Web;

/// <summary>The dashboard put together: every feature, on one cloud.</summary>
internal static class Dashboard
{
    /// <summary>Builds it; it serves when it is run.</summary>
    /// <exception cref="StartupException">Settings are wrong: all of them, each by its key.</exception>
    public static WebApplication Build(WebApplicationBuilder builder, CloudConnection cloud)
    {
        Add(builder, cloud);
        WebApplication app = builder.Build();
        Map(app);
        return app;
    }

    /// <summary>Registers every feature.</summary>
    /// <exception cref="StartupException">Settings are wrong: all of them, each by its key.</exception>
    public static void Add(WebApplicationBuilder builder, CloudConnection cloud)
    {
        SignInOptions signIn = SignInOptionsReader.Read(builder.Configuration);
        if (!signIn.HasProvider) LoopbackGuard.CheckAddresses(builder.Configuration);

        builder.WebHost.UseStaticWebAssets(); // dotnet run serves them from where they are built, in every environment
        builder.Services.AddCloud(cloud).AddShell().AddIdentity().AddSignIn(signIn).AddAudit().AddApprovals().AddRuns().AddResults().AddApi();
    }

    /// <summary>Maps every feature's pages and endpoints, behind what all requests go through.</summary>
    public static void Map(WebApplication app)
    {
        app.UseShell();
        app.MapShell();
        app.MapSignIn();
        app.MapApprovals().MapRuns().MapResults().MapAudit().MapApi();
    }
}
