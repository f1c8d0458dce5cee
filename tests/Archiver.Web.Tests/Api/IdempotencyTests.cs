using System.Net;
using System.Text;
using Archiver.Web.Api.Answers;
using Archiver.Web.Api.Idempotency;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Identity.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Api;

public sealed class IdempotencyTests(CloudFixture cloud)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ADecision_SameRequestTwice_HasTheSameAnswerAndIsRecordedOnce()
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);
        Approval approval = await api.AskAsync();
        string path = $"/api/v1/approvals/{approval.Id}/decision", key = Guid.NewGuid().ToString("N");

        Said first = await api.SendAsync("POST", path, """{"approved":true,"version":1}""", key: key);
        Said second = await api.SendAsync("POST", path, """{"approved":true,"version":1}""", key: key);

        Assert.Equal((HttpStatusCode.OK, first.Text, first.ContentType), (second.Status, second.Text, second.ContentType));
        Assert.Equal(["true"], second.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal(2, api.Trail.Entries.Count(entry => entry.On.Id == approval.Id));
    }

    [Fact]
    public async Task AProblem_SameRequestTwice_HasTheSameProblem()
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);
        string key = Guid.NewGuid().ToString("N");

        Said first = await api.SendAsync("POST", "/api/v1/runs", """{"count":0}""", key: key);
        Said second = await api.SendAsync("POST", "/api/v1/runs", """{"count":0}""", key: key);

        Assert.Equal((HttpStatusCode.BadRequest, first.Text, "application/problem+json"), (second.Status, second.Text, second.ContentType));
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task AKey_OfAnotherRequest_IsRefused()
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);
        string key = Guid.NewGuid().ToString("N");
        await api.SendAsync("POST", "/api/v1/runs", """{"count":1}""", key: key);

        Said other = await api.SendAsync("POST", "/api/v1/runs", """{"count":2}""", key: key);
        Said elsewhere = await api.SendAsync("DELETE", "/api/v1/approvals/a/decision", key: key);
        Said somebodyElses = await api.SendAsync("POST", "/api/v1/runs", """{"count":2}""", api.Token("Bob"), key);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency-key-reused"), (other.Status, other.Problem));
        Assert.Equal("idempotency-key-reused", elsewhere.Problem);
        Assert.Equal(HttpStatusCode.Created, somebodyElses.Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("tab\tbed")]
    public async Task AKey_ThatCanNotBe_IsRefused(string key)
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);

        Said answer = await api.SendAsync("POST", "/api/v1/runs", "{}", key: key);

        Assert.Equal("invalid-request", answer.Problem);
        Assert.Equal(["Idempotency-Key"], answer.Json["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task AKey_ManyAtOnce_IsCarriedOutOnce()
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);
        string key = Guid.NewGuid().ToString("N"), token = api.Token();

        Said[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => api.SendAsync("POST", "/api/v1/runs", """{"approvalNeeded":true}""", token, key)));

        Assert.All(answers, answer => Assert.True(answer.Status == HttpStatusCode.Created || answer.Problem == "idempotency-under-way", answer.Text));
        Assert.Single(answers.Where(answer => answer.Status == HttpStatusCode.Created).Select(answer => answer.Text).Distinct());
        Assert.Equal(1, api.Trail.Entries.Count(entry => entry.Operation == Operation.StartRun && entry.Phase == Archiver.Web.Audit.AuditPhase.Attempted));
    }

    [Fact]
    public async Task BeginAsync_WhatCrashed_IsUnderWayUntilItsLeaseEnds()
    {
        FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
        IdempotencyStore store = new(cloud.DynamoDb, cloud.Resources, time);
        string key = Guid.NewGuid().ToString("N");
        Assert.False(Assert.IsType<IdempotencyOutcome.First>(await store.BeginAsync("ann", key, "h", Cancel)).Ticket.IsTakenOver);

        time.Advance(store.Lease - TimeSpan.FromSeconds(1));
        Assert.IsType<IdempotencyOutcome.UnderWay>(await store.BeginAsync("ann", key, "h", Cancel));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<IdempotencyOutcome.Another>(await store.BeginAsync("ann", key, "other", Cancel));
        Assert.True(Assert.IsType<IdempotencyOutcome.First>(await store.BeginAsync("ann", key, "h", Cancel)).Ticket.IsTakenOver);
        Assert.IsType<IdempotencyOutcome.UnderWay>(await store.BeginAsync("ann", key, "h", Cancel));
    }

    [Fact]
    public async Task CompleteAsync_WhoWasTakenOver_DoesNotReplaceTheAnswer()
    {
        FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
        IdempotencyStore store = new(cloud.DynamoDb, cloud.Resources, time);
        string key = Guid.NewGuid().ToString("N");
        IdempotencyTicket slow = Assert.IsType<IdempotencyOutcome.First>(await store.BeginAsync("ann", key, "h", Cancel)).Ticket;
        time.Advance(store.Lease + TimeSpan.FromSeconds(1));
        IdempotencyTicket next = Assert.IsType<IdempotencyOutcome.First>(await store.BeginAsync("ann", key, "h", Cancel)).Ticket;
        await store.CompleteAsync(next, ApiAnswer.Ok("next"), Cancel);

        await store.CompleteAsync(slow, ApiAnswer.Ok("slow"), Cancel);
        await store.KeepAsync(slow, Cancel);
        await store.ReleaseAsync(slow, Cancel);

        ApiAnswer kept = Assert.IsType<IdempotencyOutcome.Repeated>(await store.BeginAsync("ann", key, "h", Cancel)).Answer;
        Assert.Equal("\"next\"", Encoding.UTF8.GetString(kept.Body.Span));
        time.Advance(IdempotencyStore.Kept + TimeSpan.FromSeconds(1));
        Assert.IsType<IdempotencyOutcome.First>(await store.BeginAsync("ann", key, "other", Cancel));
    }

    [Fact]
    public async Task ADecision_WhoseFirstAttemptCrashedAfterTheWrite_IsAnsweredAsDone()
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);
        Approval approval = await api.AskAsync();
        string path = $"/api/v1/approvals/{approval.Id}/decision", key = Guid.NewGuid().ToString("N"), body = """{"approved":true,"version":1}""";
        // The process ended between the decision and the keeping of its answer: its request is there, its lease over.
        await api.SendAsync("POST", path, body);
        IIdempotency store = api.Services.GetRequiredService<IIdempotency>();
        Microsoft.AspNetCore.Http.DefaultHttpContext http = new();
        (http.Request.Method, http.Request.Path) = ("POST", path);
        string hash = OnceOnly.HashOf(http.Request, Encoding.UTF8.GetBytes(body));
        await store.ReleaseAsync(Assert.IsType<IdempotencyOutcome.First>(await store.BeginAsync("test|Ann", key, hash, Cancel)).Ticket, Cancel);

        Said again = await api.SendAsync("POST", path, body, key: key);
        Said another = await api.SendAsync("POST", path, body);

        Assert.Equal((HttpStatusCode.OK, "Ann"), (again.Status, again.Json["approval"]!["decision"]!["reviewer"]!.GetValue<string>()));
        Assert.Equal("already-decided", another.Problem);
    }

    [Fact]
    public async Task ACommand_ThatFailsOnItsWay_CanBeAskedForAgainAtOnce()
    {
        await using ApiHost api = await ApiHost.StartAsync(cloud);
        string key = Guid.NewGuid().ToString("N");
        api.Trail.Failure = new IOException("The disk is full.");
        Said refused = await api.SendAsync("POST", "/api/v1/runs", "{}", key: key);
        api.Trail.Failure = null;

        Said again = await api.SendAsync("POST", "/api/v1/runs", "{}", key: key);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not-recorded"), (refused.Status, refused.Problem));
        Assert.Equal(HttpStatusCode.Created, again.Status);
    }

    [Fact]
    public async Task RunAsync_WhatTakesLong_KeepsItsLease()
    {
        FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
        KeptLeases store = new();
        OnceOnly once = new(store, time, Microsoft.Extensions.Logging.Abstractions.NullLogger<OnceOnly>.Instance);
        TaskCompletionSource<ApiAnswer> act = new();

        Task<ApiAnswer> run = once.RunAsync("ann", "k", "h", _ => act.Task, Cancel);
        for (int i = 1; i <= 3; i++)
        {
            time.Advance(store.Lease / 3);
            await store.Kept.WaitAsync(Cancel);
        }
        act.SetResult(ApiAnswer.Ok(1));

        Assert.Equal(200, (await run).Status);
        Assert.True(store.IsCompleted);
    }

    private sealed class KeptLeases : IIdempotency
    {
        public SemaphoreSlim Kept { get; } = new(0);

        public bool IsCompleted { get; private set; }

        public TimeSpan Lease => TimeSpan.FromSeconds(60);

        public Task<IdempotencyOutcome> BeginAsync(string person, string key, string hash, CancellationToken cancellationToken) =>
            Task.FromResult<IdempotencyOutcome>(new IdempotencyOutcome.First(new IdempotencyTicket("r", "o", false)));

        public Task KeepAsync(IdempotencyTicket ticket, CancellationToken cancellationToken)
        {
            Kept.Release();
            return Task.CompletedTask;
        }

        public Task CompleteAsync(IdempotencyTicket ticket, ApiAnswer answer, CancellationToken cancellationToken)
        {
            IsCompleted = true;
            return Task.CompletedTask;
        }

        public Task ReleaseAsync(IdempotencyTicket ticket, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
