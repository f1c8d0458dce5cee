using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Amazon.SQS.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Cloud;
using Archiver.Web.Tests.Approvals;
using Archiver.Web.Tests.Approvals.Intake;
using Archiver.Web.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Webhooks;

/// <summary>Webhooks from the event to the receiver, over a queue of their own in a cloud whose clock the test moves.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    private readonly string _directory = Directory.CreateTempSubdirectory("archiver-webhooks-").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private CloudConnection _cloud = null!;
    private Receiver _receiver = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private WebhookDelivery Delivery => _services.GetRequiredService<WebhookDelivery>();

    private IApprovalEvents Events => _services.GetRequiredService<IApprovalEvents>();

    public async ValueTask InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Cloud:Local:Port"] = "0",
            ["Cloud:Local:DataDirectory"] = _directory,
            ["Webhooks:BaseUrl"] = "https://archiver.example",
            ["Webhooks:0:Url"] = _receiver.Url,
            ["Webhooks:0:Secret"] = "whsec_" + Convert.ToBase64String(Secret),
            ["Webhooks:1:Url"] = _receiver.Url + "?decided",
            ["Webhooks:1:Secret"] = "whsec_" + Convert.ToBase64String(Secret),
            ["Webhooks:1:Events"] = "decided",
        }).Build();
        _cloud = await CloudConnection.OpenAsync(configuration, _time, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, Cancel);
        _services = new ServiceCollection().AddSingleton(configuration).AddLogging().AddCloud(_cloud).AddSingleton<TimeProvider>(_time).AddWebhooks().BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _cloud.DisposeAsync();
        await _receiver.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Asked_OnceDelivered_IsSignedAndHasTheFactsAndNoToken()
    {
        Approval approval = Samples.Pending("approval-1", "ledger.pdf") with { Other = new JsonObject { ["TaskToken2"] = "secret" } };

        await Events.AskedAsync(approval, Cancel);
        Assert.Equal(1, await DeliverAsync());

        Got got = Assert.Single(_receiver.All);
        Assert.Equal(_time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), got.Timestamp);
        Assert.Equal(SignatureOf(got), got.Signature);
        JsonNode body = JsonNode.Parse(got.Body)!;
        Assert.Equal("approval.asked", body["type"]!.GetValue<string>());
        Assert.Equal(("approval-1", "ledger.pdf"), (body["data"]!["id"]!.GetValue<string>(), body["data"]!["file"]!["name"]!.GetValue<string>()));
        Assert.Equal("https://archiver.example/approvals/approval-1", body["data"]!["links"]!["page"]!.GetValue<string>());
        Assert.DoesNotContain("secret", Encoding.UTF8.GetString(got.Body), StringComparison.Ordinal);
        Assert.Equal(0, await DeliverAsync());
        Assert.Equal((1L, 0L), (_services.GetRequiredService<WebhookStatus>().Data()["sent"], await DeadAsync()));
    }

    [Fact]
    public async Task Decided_GoesToBothWithOneId()
    {
        Approval decided = Samples.Denied(Samples.Pending("approval-2"));

        await Events.DecidedAsync(decided, Cancel);
        await DeliverAsync();

        Assert.Equal(2, _receiver.All.Count);
        Assert.Single(_receiver.All.Select(got => got.Id).Distinct());
        JsonNode body = JsonNode.Parse(_receiver.All.First().Body)!;
        Assert.Equal(("approval.decided", false, "Ann"), (body["type"]!.GetValue<string>(), body["data"]!["decision"]!["approved"]!.GetValue<bool>(), body["data"]!["decision"]!["reviewer"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Asked_ToldTwice_HasTheSameId()
    {
        Approval approval = Samples.Pending("approval-3");
        await Events.AskedAsync(approval, Cancel); // and then the process ended, before the message left the human queue
        await Events.AskedAsync(approval, Cancel);
        await Events.DecidedAsync(Samples.Denied(approval), Cancel);

        await DeliverAsync();

        Assert.Equal(4, _receiver.All.Count);
        Assert.Equal(2, _receiver.All.Select(got => got.Id).Distinct().Count());
    }

    [Fact]
    public async Task ARefusal_IsTriedAgainWithGrowingPausesAndThenGivenUp()
    {
        _receiver.Answer = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await Events.AskedAsync(Samples.Pending("approval-4"), Cancel);
        Assert.Equal(1, await DeliverAsync());
        Assert.Equal(0, await DeliverAsync()); // hidden

        for (int attempt = 1; attempt < 14; attempt++)
        {
            _time.Advance(WebhookBackoff.Delay(attempt, null, 1) + TimeSpan.FromSeconds(1));
            Assert.Equal(1, await DeliverAsync());
        }
        _time.Advance(TimeSpan.FromHours(7));

        Assert.Equal(0, await DeliverAsync());
        Assert.Equal(1, await DeadAsync());
        Assert.Equal(14, _receiver.All.Count);
        Assert.Single(_receiver.All.Select(got => got.Id).Distinct());
        Assert.Equal(14, _receiver.All.Select(got => got.Timestamp).Distinct().Count());
        Assert.All(_receiver.All, got => Assert.Equal(SignatureOf(got), got.Signature));
    }

    [Fact]
    public async Task RetryAfter_IsTheLeast()
    {
        bool isBusy = true;
        _receiver.Answer = context =>
        {
            if (isBusy) (context.Response.StatusCode, context.Response.Headers.RetryAfter) = (429, "600");
            return Task.CompletedTask;
        };
        await Events.AskedAsync(Samples.Pending("approval-5"), Cancel);
        await DeliverAsync();
        isBusy = false;

        _time.Advance(TimeSpan.FromSeconds(590));
        Assert.Equal(0, await DeliverAsync());
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(1, await DeliverAsync());
        Assert.Equal(1L, _services.GetRequiredService<WebhookStatus>().Data()["sent"]);
    }

    [Fact]
    public async Task ARedirect_IsNotFollowed()
    {
        _receiver.Answer = context =>
        {
            (context.Response.StatusCode, context.Response.Headers.Location) = (307, "/metadata");
            return Task.CompletedTask;
        };
        await Events.AskedAsync(Samples.Pending("approval-6"), Cancel);

        await DeliverAsync();

        Assert.Empty(_receiver.Elsewhere);
        Assert.Equal(0L, _services.GetRequiredService<WebhookStatus>().Data()["sent"]);
    }

    [Fact]
    public async Task AnAnswerWithoutEnd_IsNotRead()
    {
        TaskCompletionSource leftAlone = new();
        _receiver.Answer = async context =>
        {
            byte[] block = new byte[64 * 1024];
            try
            {
                while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(block, context.RequestAborted);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The other side has had enough.
            }
            leftAlone.TrySetResult();
        };
        await Events.AskedAsync(Samples.Pending("approval-7"), Cancel);

        await DeliverAsync();

        Assert.Equal(1L, _services.GetRequiredService<WebhookStatus>().Data()["sent"]);
        await leftAlone.Task.WaitAsync(Cancel);
    }

    [Fact]
    public async Task ASlowReceiver_IsLeftAfterItsTime()
    {
        TaskCompletionSource arrived = new();
        _receiver.Answer = async context =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        };
        await Events.AskedAsync(Samples.Pending("approval-8"), Cancel);

        Task<int> delivery = Delivery.ReceiveAsync(TimeSpan.Zero, Cancel);
        await arrived.Task.WaitAsync(Cancel);
        _time.Advance(WebhookSender.Timeout + TimeSpan.FromSeconds(1));

        Assert.Equal(1, await delivery);
        Assert.Equal(0, await DeliverAsync());
        Assert.Equal(0L, _services.GetRequiredService<WebhookStatus>().Data()["sent"]);
    }

    [Fact]
    public async Task AReceiverThatIsDown_IsTriedAgain()
    {
        await Events.AskedAsync(Samples.Pending("approval-9"), Cancel);
        string url = _receiver.Url;
        await _receiver.DisposeAsync();

        await DeliverAsync();

        Assert.Equal(0, await DeliverAsync());
        Assert.Equal(0L, _services.GetRequiredService<WebhookStatus>().Data()["sent"]);
        Assert.DoesNotContain(_services.GetRequiredService<WebhookStatus>().Data().Keys, key => key.Contains(url, StringComparison.Ordinal));
        _receiver = await Receiver.StartAsync();
    }

    [Fact]
    public void Body_OfTheLargestApproval_FitsIntoTheQueue()
    {
        string odd = new('\u0001', 100_000);
        Approval approval = Samples.Pending("approval-10", odd) with { Recommendation = odd };
        approval = approval with
        {
            File = approval.File! with { Key = odd, Bucket = odd, ContentType = odd, Sha256 = odd, VersionId = odd, Checks = [.. Enumerable.Repeat(new FileCheck(odd, true, odd), 1000)] },
            Decision = new Decision { Approved = true, Comment = odd, Reviewer = odd },
        };

        string message = new WebhookMessage("w", WebhookMessage.IdOf(WebhookEvent.Decided, approval), WebhookMessage.BodyOf(WebhookEvent.Decided, approval, null)).Write();

        Assert.InRange(Encoding.UTF8.GetByteCount(message), 1, 1024 * 1024);
    }

    [Fact]
    public async Task Queue_HoldsNeitherAddressNorSecret()
    {
        await Events.AskedAsync(Samples.Pending("approval-11"), Cancel);

        Message message = Assert.Single((await _services.GetRequiredService<Amazon.SQS.IAmazonSQS>().ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = _cloud.Resources.WebhookQueueUrl, WaitTimeSeconds = 0 }, Cancel)).Messages);

        Assert.DoesNotContain("127.0.0.1", message.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Secret), message.Body, StringComparison.Ordinal);
    }

    private Task<int> DeliverAsync() => Delivery.ReceiveAsync(TimeSpan.Zero, Cancel);

    private async Task<long> DeadAsync()
    {
        await Delivery.CountAsync(Cancel);
        return (long)_services.GetRequiredService<WebhookStatus>().Data()["deadLetters"];
    }

    private static string SignatureOf(Got got) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Secret, (byte[])[.. Encoding.UTF8.GetBytes($"{got.Id}.{got.Timestamp}."), .. got.Body]));
}
