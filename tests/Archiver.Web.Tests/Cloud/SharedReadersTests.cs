using System.Globalization;
using System.Threading.Channels;
using Amazon.StepFunctions;
using Archiver.Web.Cloud;
using Archiver.Web.Tests.Shell.Language;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Cloud;

public sealed class SharedReadersTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<FakeReading> _begun = [];
    private readonly SharedReaders<string, string> _readers;

    public SharedReadersTests() => _readers = new(
        key =>
        {
            FakeReading reading = new(key);
            _begun.Add(reading);
            return reading;
        },
        _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follow_ByTwo_SharesOneReadingAndTellsTheSecondAtOnce()
    {
        Channel<string> first = Channel.CreateUnbounded<string>();
        await using IAsyncDisposable one = _readers.Follow("a", news => first.Writer.TryWrite(news));
        _begun[0].Answers.Writer.TryWrite("first");
        Assert.Equal("first", await first.Reader.ReadAsync(Cancel));
        List<string> second = [];

        await using IAsyncDisposable two = _readers.Follow("a", second.Add);

        Assert.Equal(["to a joiner: first"], second);
        Assert.Single(_begun);
    }

    [Fact]
    public async Task Hurry_WhileItPauses_ReadsAtOnceAndTellsOnlyWhatIsNew()
    {
        Channel<string> told = Channel.CreateUnbounded<string>();
        await using IAsyncDisposable following = _readers.Follow("a", news => told.Writer.TryWrite(news));
        foreach (string answer in (string[])["first", "first", "second"])
        {
            _begun[0].Answers.Writer.TryWrite(answer);
            _readers.Hurry("a");
            await _begun[0].Answered.Reader.ReadAsync(Cancel);
        }

        Assert.Equal("first", await told.Reader.ReadAsync(Cancel));
        Assert.Equal("second", await told.Reader.ReadAsync(Cancel));
        Assert.False(told.Reader.TryPeek(out _));
    }

    [Fact]
    public async Task Reading_OfWhatNobodyHurries_GoesOnByItself()
    {
        Channel<string> told = Channel.CreateUnbounded<string>();
        await using IAsyncDisposable following = _readers.Follow("a", news => told.Writer.TryWrite(news));
        _begun[0].Answers.Writer.TryWrite("first");
        _begun[0].Answers.Writer.TryWrite("second");
        Assert.Equal("first", await told.Reader.ReadAsync(Cancel));

        Task<string> second = told.Reader.ReadAsync(Cancel).AsTask();
        while (!second.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("second", await second);
    }

    [Fact]
    public async Task Reading_ThatFails_SaysSoAndIsTriedAgain()
    {
        Channel<string> told = Channel.CreateUnbounded<string>();
        await using IAsyncDisposable following = _readers.Follow("a", news => told.Writer.TryWrite(news));

        _begun[0].Answers.Writer.TryWrite(FakeReading.Failure);
        Assert.Equal("failed", await told.Reader.ReadAsync(Cancel));
        _begun[0].Answers.Writer.TryWrite("first");
        _readers.HurryAll();

        Assert.Equal("first", await told.Reader.ReadAsync(Cancel));
    }

    [Fact]
    public async Task Leave_TheLastViewer_EndsTheReadingAndTheNextBeginsAnew()
    {
        IAsyncDisposable one = _readers.Follow("a", _ => { }), two = _readers.Follow("a", _ => { });
        await _begun[0].Started.Task.WaitAsync(Cancel);

        await one.DisposeAsync();
        Assert.False(_begun[0].IsStopped);
        await two.DisposeAsync();

        Assert.True(_begun[0].IsStopped);
        await using IAsyncDisposable again = _readers.Follow("a", _ => { });
        Assert.Equal(2, _begun.Count);
    }

    [Fact]
    public async Task Show_ToOneWhoSpeaksGerman_IsCalledInTheirLanguageThoughAnotherBegan()
    {
        Channel<string> told = Channel.CreateUnbounded<string>();
        await using IAsyncDisposable english = _readers.Follow("a", _ => { });
        using InLanguage german = InLanguage.German();
        await using IAsyncDisposable following = _readers.Follow("a", _ => told.Writer.TryWrite(CultureInfo.CurrentUICulture.Name));

        _begun[0].Answers.Writer.TryWrite("first");

        Assert.Equal("de", await told.Reader.ReadAsync(Cancel));
    }

    /// <summary>Answers as it is told.</summary>
    private sealed class FakeReading(string key) : ISharedReading<string>
    {
        public const string Failure = "fail";

        private CancellationToken _stop;

        public Channel<string> Answers { get; } = Channel.CreateUnbounded<string>();

        public Channel<string> Answered { get; } = Channel.CreateUnbounded<string>();

        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsStopped => _stop.IsCancellationRequested;

        public async Task<string> ReadAsync(string? before, bool hurried, CancellationToken cancellationToken)
        {
            _stop = cancellationToken;
            Started.TrySetResult();
            string answer = await Answers.Reader.ReadAsync(cancellationToken);
            Answered.Writer.TryWrite(key);
            return answer == Failure ? throw new AmazonStepFunctionsException("It is busy.") : answer;
        }

        public string Failed(string? before, Exception exception) => "failed";

        public string ToJoiner(string last) => $"to a joiner: {last}";

        public TimeSpan Pause(string last) => TimeSpan.FromSeconds(5);
    }
}
