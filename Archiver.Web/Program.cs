using Archiver.Infra.LocalCloud;
using Archiver.Web;
using Archiver.Web.Cloud;
using Archiver.Web.Preview.Pdf;
using Archiver.Web.Shell;
using Microsoft.Extensions.Options;

if (args is [PdfWorker.Command]) return await PdfWorker.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput());
try
{
    WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
    if (ConsoleCommands.IsCommand(args)) return await ConsoleCommands.RunAsync(args, builder.Configuration, Console.Out, Console.Error);
    using ILoggerFactory loggers = LoggerFactory.Create(logging =>
        logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
    await using CloudConnection cloud = await CloudConnection.OpenAsync(builder.Configuration, TimeProvider.System, loggers);
    Dashboard.Register(builder, cloud);
    await using WebApplication app = Dashboard.Map(builder.Build());
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
