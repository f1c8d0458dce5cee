using Archiver.Infra.LocalCloud;
using Archiver.Infra.LocalCloud.Sqs;
using Archiver.Infra.LocalCloud.Storage;
using Archiver.Infra.LocalCloud.Wire;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

/// <summary>Random histories, against the simplest thing that a queue with a dead-letter queue can be.</summary>
public class SqsModelTests
{
    [Property(MaxTest = 60, Arbitrary = [typeof(Histories)])]
    public async Task AnyHistory_QueueAndModel_SayTheSame(Step[] history)
    {
        await using Machine machine = new();
        foreach (Step step in history)
            await machine.DoAsync(step);
        machine.CheckCounts();
    }

    public abstract record Step
    {
        public sealed record Send(int Delay) : Step;

        public sealed record Receive(bool Dead, int Max, int Visibility) : Step;

        public sealed record Delete(int Handle) : Step;

        public sealed record Change(int Handle, int Visibility) : Step;

        public sealed record Advance(int Seconds) : Step;

        public sealed record Restart : Step;
    }

    public static class Histories
    {
        public static Arbitrary<Step[]> Arbitrary()
        {
            Gen<int> handle = Gen.Choose(0, 1_000);
            Gen<Step> step = Gen.Frequency(
                (5, Gen.Choose(0, 1).SelectMany(delayed => Gen.Choose(0, 30 * delayed)).Select(delay => (Step)new Step.Send(delay))),
                (6, from dead in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
                    from max in Gen.Choose(1, 10)
                    from visibility in Gen.Choose(0, 40)
                    select (Step)new Step.Receive(dead, max, visibility)),
                (2, handle.Select(index => (Step)new Step.Delete(index))),
                (2, from index in handle from visibility in Gen.Choose(0, 60) select (Step)new Step.Change(index, visibility)),
                (4, Gen.Choose(0, 45).Select(seconds => (Step)new Step.Advance(seconds))),
                (1, Gen.Constant((Step)new Step.Restart())));
            return Arb.From(step.ArrayOf(), history => history.Select((_, index) => history.Where((_, other) => other != index).ToArray()));
        }
    }

    private sealed class ModelMessage
    {
        public required int Number { get; init; }

        public required DateTimeOffset SentAt { get; init; }

        public bool Dead { get; set; }

        public DateTimeOffset VisibleAt { get; set; }

        public int ReceiveCount { get; set; }

        public int ReceivedHere { get; set; }

        public DateTimeOffset? ReceivedAt { get; set; }

        public string? Handle { get; set; }
    }

    private sealed class Machine : IAsyncDisposable
    {
        private const int MaxReceives = 2;
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("archiver-model-");
        private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        private readonly List<ModelMessage> _model = [];
        private readonly List<(bool Dead, string Handle)> _handles = [];
        private ServiceProvider _services;
        private int _sent;

        public Machine()
        {
            _services = Start();
            SqsService queues = _services.GetRequiredService<SqsService>();
            string arn = queues.Create("dead", new Dictionary<string, string> { ["MessageRetentionPeriod"] = "240" }, new Dictionary<string, string>()).Arn;
            queues.Create(
                "orders",
                new Dictionary<string, string>
                {
                    ["MessageRetentionPeriod"] = "180",
                    ["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{arn}}","maxReceiveCount":{{MaxReceives}}}""",
                },
                new Dictionary<string, string>());
        }

        private MessageService Messages => _services.GetRequiredService<MessageService>();

        private DateTimeOffset Now => _time.GetUtcNow();

        public async Task DoAsync(Step step)
        {
            switch (step)
            {
                case Step.Send send:
                    Messages.Send(Url(false), new OutgoingMessage($"{_sent}", send.Delay, MessageAttributes.None, null, null));
                    _model.Add(new ModelMessage { Number = _sent++, SentAt = Now, VisibleAt = Now.AddSeconds(send.Delay) });
                    break;
                case Step.Receive receive:
                    await ReceiveAsync(receive);
                    break;
                case Step.Delete delete when _handles.Count > 0:
                    (bool dead, string handle) = _handles[delete.Handle % _handles.Count];
                    Messages.Delete(Url(dead), handle);
                    _model.RemoveAll(message => message.Handle == handle && message.Dead == dead);
                    break;
                case Step.Change change when _handles.Count > 0:
                    Change(_handles[change.Handle % _handles.Count], change.Visibility);
                    break;
                case Step.Advance advance:
                    _time.Advance(TimeSpan.FromSeconds(advance.Seconds));
                    break;
                case Step.Restart:
                    await _services.DisposeAsync();
                    _services = Start();
                    break;
            }
            _model.RemoveAll(message => message.SentAt.AddSeconds(message.Dead ? 240 : 180) <= Now);
        }

        public void CheckCounts()
        {
            foreach (bool dead in new[] { false, true })
            {
                ModelMessage[] messages = [.. _model.Where(message => message.Dead == dead)];
                MessageCounts expected = new(
                    messages.Count(message => message.VisibleAt <= Now),
                    messages.Count(message => message.VisibleAt > Now && message.ReceivedAt is not null),
                    messages.Count(message => message.VisibleAt > Now && message.ReceivedAt is null));
                Queue queue = _services.GetRequiredService<SqsService>().Find(Url(dead)).Definition;
                Assert.Equal(expected, _services.GetRequiredService<SqsStore>().Messages.Count(queue, Now));
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _services.DisposeAsync();
            _directory.Delete(recursive: true);
        }

        private async Task ReceiveAsync(Step.Receive receive)
        {
            List<ModelMessage> expected = [];
            foreach (ModelMessage message in _model.Where(message => message.Dead == receive.Dead && message.VisibleAt <= Now)
                .OrderBy(message => message.VisibleAt).ThenBy(message => message.Number).ToArray())
            {
                if (expected.Count == receive.Max)
                    break;
                if (!receive.Dead && message.ReceivedHere >= MaxReceives)
                {
                    (message.Dead, message.VisibleAt, message.ReceivedHere, message.Handle, message.ReceivedAt) = (true, Now, 0, null, null);
                    continue;
                }
                expected.Add(message);
            }

            IReadOnlyList<ReceivedMessage> received = await Messages.ReceiveAsync(
                Url(receive.Dead), new ReceiveOptions(receive.Max, receive.Visibility, 0), TestContext.Current.CancellationToken);

            Assert.Equal(
                expected.Select(message => ($"{message.Number}", (long)message.ReceiveCount + 1)),
                received.Select(message => (message.Message.Body, message.Message.ReceiveCount)));
            foreach ((ModelMessage message, ReceivedMessage actual) in expected.Zip(received))
            {
                message.ReceiveCount++;
                message.ReceivedHere++;
                message.ReceivedAt = Now;
                message.VisibleAt = Now.AddSeconds(receive.Visibility);
                message.Handle = actual.Handle.Encode();
                _handles.Add((receive.Dead, message.Handle));
            }
        }

        private void Change((bool Dead, string Handle) target, int visibility)
        {
            ModelMessage? message = _model.SingleOrDefault(message => message.Handle == target.Handle && message.Dead == target.Dead);
            string? expected = message is null ? "InvalidParameterValue" : message.VisibleAt <= Now ? "AWS.SimpleQueueService.MessageNotInflight" : null;
            string? actual = null;
            try
            {
                Messages.ChangeVisibility(Url(target.Dead), target.Handle, visibility);
            }
            catch (AwsError error)
            {
                actual = error.QueryCode;
            }
            Assert.Equal(expected, actual);
            if (expected is null) message!.VisibleAt = Now.AddSeconds(visibility);
        }

        private static string Url(bool dead) => $"http://localhost/000000000000/{(dead ? "dead" : "orders")}";

        private ServiceProvider Start() => new ServiceCollection()
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<TimeProvider>(_time)
            .AddSingleton(new LocalCloudOptions())
            .AddSingleton(new CloudIdentity())
            .AddSingleton(_ => new DataDirectory(_directory.FullName)) // the container's, so that its lock goes with it
            .AddSingleton(new CloudEndpoint { Uri = new Uri("http://localhost/") })
            .AddSingleton<IHostApplicationLifetime, NeverStopping>()
            .AddSqs()
            .BuildServiceProvider();
    }

    private sealed class NeverStopping : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() { }
    }
}
