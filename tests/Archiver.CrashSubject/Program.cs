using System.Globalization;
using System.Text.Json;
using Amazon.SQS;
using Archiver.CrashSubject;
using Archiver.Web.Approvals;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Audit;
using Archiver.Web.Cloud;
using Archiver.Web.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

// Settings: the dashboard's own, and Subject:Name, Subject:Journal (a file), Subject:Seed.
// Prints: `cloud URL` and `resources JSON` when the cloud is open, `found N` (decisions under way that a former life left),
// `at ...` where a call begins or ends, `started` when all works. It ends only by being ended.
HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
builder.Configuration.AddCommandLine(args);
IConfigurationSection subject = builder.Configuration.GetRequiredSection("Subject");
string name = subject["Name"]!;
int seed = int.Parse(subject["Seed"]!, CultureInfo.InvariantCulture);

builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true);
using ILoggerFactory loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true));
using IDisposable watch = CallWatch.Start();
await using CloudConnection cloud = await CloudConnection.OpenAsync(builder.Configuration, TimeProvider.System, loggers);
Console.WriteLine($"cloud {cloud.Options.DefaultClientConfig.ServiceURL}");
Console.WriteLine($"resources {JsonSerializer.Serialize(cloud.Resources)}");

builder.Services.AddCloud(cloud).AddIdentity().AddAudit().AddApprovals();
using IHost host = builder.Build();
if (cloud.Mode == CloudMode.Local) await ShortQueue.SetAsync(host.Services.GetRequiredService<IAmazonSQS>(), cloud.Resources);

int found = 0;
foreach (ApprovalStatus status in (ApprovalStatus[])[ApprovalStatus.Decided, ApprovalStatus.Sending])
    await foreach (IReadOnlyList<Approval> page in host.Services.GetRequiredService<ApprovalsStore>().ListAsync(status, CancellationToken.None)) found += page.Count;
Console.WriteLine($"found {found}");

await host.StartAsync();
Console.WriteLine("started");
using Journal journal = new(subject["Journal"]!);
bool canUndo = host.Services.GetRequiredService<IOptions<ApprovalsOptions>>().Value.UndoSeconds > 0;
await Task.WhenAll(Enumerable.Range(1, 3).Select(number => new BusyReviewer(
    $"{name}, reviewer {number}",
    host.Services.GetRequiredService<ApprovalDecisions>(),
    host.Services.GetRequiredService<ApprovalsFeed>(),
    journal,
    canUndo,
    new Random(seed + number)).WorkAsync(CancellationToken.None)));
