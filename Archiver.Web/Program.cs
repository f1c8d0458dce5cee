using Archiver.Infra.LocalCloud;
using Archiver.Web.Approvals;
using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Archiver.Web.Results;
using Archiver.Web.Runs;
using Archiver.Web.Shell;
using Microsoft.Extensions.Options;

try
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    if (ConsoleCommands.IsCommand(args)) return await ConsoleCommands.RunAsync(args, builder.Configuration, Console.Out, Console.Error);
    using ILoggerFactory loggers = LoggerFactory.Create(logging =>
        logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
    await using CloudConnection cloud = await CloudConnection.OpenAsync(builder.Configuration, TimeProvider.System, loggers);
    LoopbackGuard.CheckAddresses(builder.Configuration, cloud.Mode);

    builder.WebHost.UseStaticWebAssets(); // dotnet run serves them from where they are built, in every environment
    builder.Services.AddCloud(cloud).AddShell().AddIdentity().AddAudit().AddApprovals().AddRuns().AddResults();

    await using WebApplication app = builder.Build();
    app.UseShell(cloud.Mode);
    app.MapShell();
    app.MapApprovals().MapRuns().MapResults().MapAudit();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (exception is StartupException or LocalCloudException or OptionsValidationException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{exception.Message} The dashboard's address is the setting urls, as in --urls http://localhost:5081.");
    return 1;
}
