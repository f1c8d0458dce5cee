using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Approvals.Decisions;
using Archiver.Web.Approvals.Inbox;
using Archiver.Web.Audit;
using Archiver.Web.Identity.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Archiver.Web.Tests.Api;

public sealed class ApprovalsApiTests(CloudFixture cloud) : IAsyncLifetime
{
    private ApiHost _api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _api = await ApiHost.StartAsync(cloud);

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task List_MoreThanAPage_EachOnceInOrder()
    {
        string text = $"paged-{Guid.NewGuid():N}";
        List<string> asked = [];
        for (int i = 0; i < 7; i++) asked.Add((await _api.AskAsync($"{text}-{i}", new DateTimeOffset(2031, 5, 1, 0, 0, i / 2, TimeSpan.Zero))).Id); // some of one moment

        List<string> seen = [];
        string? cursor = null;
        int pages = 0;
        do
        {
            Said page = await _api.SendAsync("GET", $"/api/v1/approvals?limit=3&text={text}{(cursor is null ? "" : $"&cursor={cursor}")}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            seen.AddRange(page.Json["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
            cursor = page.Json["next"]?.GetValue<string>();
            pages++;
        }
        while (cursor is not null);

        Assert.Equal(asked.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.InRange(pages, 3, 20);
    }

    [Fact]
    public async Task List_OldestFirst_IsTheOtherWayRound()
    {
        string text = $"order-{Guid.NewGuid():N}";
        Approval first = await _api.AskAsync(text, new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Approval second = await _api.AskAsync(text, new DateTimeOffset(2001, 1, 2, 0, 0, 0, TimeSpan.Zero));

        Said oldest = await _api.SendAsync("GET", $"/api/v1/approvals?order=oldest&text={text}");
        Said machine = await _api.SendAsync("GET", $"/api/v1/approvals?order=oldest&text={text}&machine=another");

        Assert.Equal([first.Id, second.Id], oldest.Json["items"]!.AsArray().Select(item => item!["id"]!.GetValue<string>()));
        Assert.Empty(machine.Json["items"]!.AsArray());
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("status=Lost", "status")]
    [InlineData("statuss=pending", "statuss")]
    [InlineData("cursor=bm90IGpzb24", "cursor")]
    [InlineData("cursor=WyJQZW5kaW5nIiwiMjAyNi0wMy0wMVQxNDowMDowMC4wMDBaIl0", "cursor")]
    public async Task List_AParameterThatCanNotBe_IsNamed(string query, string field)
    {
        Said answer = await _api.SendAsync("GET", $"/api/v1/approvals?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal("invalid-request", answer.Problem);
        Assert.Equal([field], answer.Json["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Get_AnApproval_HasItsRecordAndNoToken()
    {
        Approval approval = await _api.AskAsync();

        Said answer = await _api.SendAsync("GET", $"/api/v1/approvals/{approval.Id}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("ledger.pdf", answer.Json["approval"]!["name"]!.GetValue<string>());
        Assert.Equal(["asked"], answer.Json["record"]!.AsArray().Select(line => line!["kind"]!.GetValue<string>()));
        string token = (await _api.Services.GetRequiredService<ApprovalsStore>().GetTaskTokenAsync(approval.Id, Cancel))!;
        Assert.DoesNotContain(token, answer.Text.Replace(approval.ExecutionArn!, "", StringComparison.Ordinal).Replace(approval.RunName!, "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("token", answer.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Get_NoSuchApproval_Is404()
    {
        Assert.Equal("not-found", (await _api.SendAsync("GET", "/api/v1/approvals/nobody")).Problem);
        Assert.Equal("not-found", (await _api.SendAsync("GET", $"/api/v1/approvals/{new string('x', 3000)}")).Problem);
    }

    [Fact]
    public async Task Decide_WhatWaits_StandsAndIsOnRecord()
    {
        Approval approval = await _api.AskAsync();

        Said answer = await DecideAsync(approval, """{"approved":false,"comment":"Not ours","version":1}""");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("Ann", answer.Json["approval"]!["decision"]!["reviewer"]!.GetValue<string>());
        Assert.Equal(5, answer.Json["undoSeconds"]!.GetValue<int>());
        Assert.Equal(ApprovalStatus.Decided, (await StoredAsync(approval)).Status);
        AuditEntry[] entries = [.. _api.Trail.Entries.Where(entry => entry.On.Id == approval.Id)];
        Assert.Equal([AuditPhase.Attempted, AuditPhase.Done], entries.Select(entry => entry.Phase));
        Assert.All(entries, entry => Assert.Equal((Operation.Decide, "test|Ann", "127.0.0.1"), (entry.Operation, entry.By.Id, entry.From)));
    }

    [Fact]
    public async Task Decide_WhatWasDecided_SaysWhoAndWhen()
    {
        Approval approval = await _api.AskAsync();
        await DecideAsync(approval, """{"approved":false,"comment":"Not ours","version":1}""");

        Said second = await DecideAsync(approval, """{"approved":true,"version":1}""", _api.Token("Bob", Role.Reviewer));

        Assert.Equal((HttpStatusCode.Conflict, "already-decided"), (second.Status, second.Problem));
        Assert.Equal("Ann", second.Json["decision"]!["reviewer"]!.GetValue<string>());
        Assert.NotNull(second.Json["decision"]!["decidedAt"]);
        Assert.Equal(2, second.Json["version"]!.GetValue<long>());
        Assert.Equal(AuditPhase.NotDone, _api.Trail.Entries.Last(entry => entry.On.Id == approval.Id).Phase);
    }

    [Fact]
    public async Task Decide_AnotherVersion_IsRefusedWithTheOneThatStands()
    {
        Approval approval = await _api.AskAsync();

        Said answer = await DecideAsync(approval, """{"approved":true,"version":7}""");

        Assert.Equal((HttpStatusCode.Conflict, "changed", 1), (answer.Status, answer.Problem, answer.Json["version"]!.GetValue<long>()));
        Assert.Equal(ApprovalStatus.Pending, (await StoredAsync(approval)).Status);
    }

    [Fact]
    public async Task Decide_WhatNoRunWaitsFor_SaysWhy()
    {
        Approval approval = await _api.AskAsync();
        await _api.Services.GetRequiredService<ApprovalsStore>().CloseAsync(approval, new Closing(ClosedReason.TimedOut), Cancel);

        Said answer = await DecideAsync(approval, """{"approved":true,"version":1}""");

        Assert.Equal((HttpStatusCode.Gone, "no-longer-waiting"), (answer.Status, answer.Problem));
        Assert.Equal("timedOut", answer.Json["closing"]!["reason"]!.GetValue<string>());
        Assert.Contains("time ran out", answer.Json["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"approved":false,"version":1}""", "comment")]
    [InlineData("""{"approved":false,"comment":"  ","version":1}""", "comment")]
    [InlineData("""{"version":1}""", "approved")]
    [InlineData("""{"approved":"yes","version":1}""", "approved")]
    [InlineData("""{"approved":true}""", "version")]
    [InlineData("""{"approved":true,"version":1.5}""", "version")]
    [InlineData("""{"approved":true,"version":1,"force":true}""", "force")]
    [InlineData("""{"approved":true,"version":1,"comment":"\ud800"}""", "comment")]
    public async Task Decide_ABodyThatCanNotBe_NamesTheField(string body, string field)
    {
        Approval approval = await _api.AskAsync();

        Said answer = await DecideAsync(approval, body);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-request"), (answer.Status, answer.Problem));
        Assert.Equal([field], answer.Json["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal(ApprovalStatus.Pending, (await StoredAsync(approval)).Status);
    }

    [Theory]
    [InlineData("""{"approved":true,"approved":false,"version":1}""")]
    [InlineData("""{"approved":true,"version":1""")]
    [InlineData("""[]""")]
    [InlineData("""{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}}}}}}}}}""")]
    [InlineData("""{"approved":true,"version":1} // no""")]
    [InlineData("""{"\ud800":true}""")]
    public async Task Decide_NoJsonObject_IsRefused(string body)
    {
        Approval approval = await _api.AskAsync();

        Assert.Equal("invalid-request", (await DecideAsync(approval, body)).Problem);
    }

    [Fact]
    public async Task Decide_AnotherTypeOrALargeBody_IsRefused()
    {
        Approval approval = await _api.AskAsync();
        using HttpRequestMessage form = new(HttpMethod.Post, $"/api/v1/approvals/{approval.Id}/decision") { Content = new StringContent("approved=true") };
        form.Headers.Add("Authorization", $"Bearer {_api.Token()}");

        Said other = await _api.SendAsync(form);
        Said large = await DecideAsync(approval, $$"""{"approved":true,"version":1,"comment":"{{new string('x', 1024 * 1024)}}"}""");

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported-media-type"), (other.Status, other.Problem));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "too-large"), (large.Status, large.Problem));
    }

    [Fact]
    public async Task Undo_OwnDecision_WaitsAgain()
    {
        Approval approval = await _api.AskAsync();
        await DecideAsync(approval, """{"approved":true,"version":1}""");

        Said others = await _api.SendAsync("DELETE", $"/api/v1/approvals/{approval.Id}/decision", token: _api.Token("Bob", Role.Reviewer));
        Said own = await _api.SendAsync("DELETE", $"/api/v1/approvals/{approval.Id}/decision");
        Said again = await _api.SendAsync("DELETE", $"/api/v1/approvals/{approval.Id}/decision");

        Assert.Equal((HttpStatusCode.Conflict, "not-yours"), (others.Status, others.Problem));
        Assert.Equal((HttpStatusCode.OK, "pending"), (own.Status, own.Json["status"]!.GetValue<string>()));
        Assert.Equal("not-yours", again.Problem);
    }

    [Fact]
    public async Task Undo_WhatIsOnItsWay_IsTooLate()
    {
        Approval approval = await _api.AskAsync();
        await DecideAsync(approval, """{"approved":true,"version":1}""");
        await _api.Services.GetRequiredService<ApprovalsStore>().BeginSendingAsync(approval.Id, 2, Cancel);

        Said answer = await _api.SendAsync("DELETE", $"/api/v1/approvals/{approval.Id}/decision");

        Assert.Equal((HttpStatusCode.Conflict, "too-late"), (answer.Status, answer.Problem));
    }

    [Fact]
    public async Task DecideMany_SomeThatCanNotBe_EachHasItsOwnAnswer()
    {
        Approval good = await _api.AskAsync("good"), decided = await _api.AskAsync("decided");
        await DecideAsync(decided, """{"approved":true,"version":1}""", _api.Token("Bob"));

        Said answer = await _api.SendAsync("POST", "/api/v1/approvals/decisions", $$"""
            {"items":[{"id":"{{good.Id}}","approved":true,"version":1},{"id":"{{decided.Id}}","approved":true,"version":1},{"id":"nobody","approved":true,"version":1}]}
            """);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        JsonArray results = answer.Json["results"]!.AsArray();
        Assert.Equal([200, 409, 404], results.Select(result => result!["status"]!.GetValue<int>()));
        Assert.Equal("Ann", results[0]!["decided"]!["approval"]!["decision"]!["reviewer"]!.GetValue<string>());
        Assert.Equal("Bob", results[1]!["problem"]!["decision"]!["reviewer"]!.GetValue<string>());
    }

    [Fact]
    public async Task DecideMany_TooManyOrOneTwice_IsRefusedAsAWhole()
    {
        string item(string id) => $$"""{"id":"{{id}}","approved":true,"version":1}""";
        string many = string.Join(',', Enumerable.Range(0, 101).Select(i => item(i.ToString(CultureInfo.InvariantCulture))));

        Said tooMany = await _api.SendAsync("POST", "/api/v1/approvals/decisions", $$"""{"items":[{{many}}]}""");
        Said twice = await _api.SendAsync("POST", "/api/v1/approvals/decisions", $$"""{"items":[{{item("a")}},{{item("a")}}]}""");
        Said wrong = await _api.SendAsync("POST", "/api/v1/approvals/decisions", """{"items":[{"id":"a","approved":false,"version":1,"x":2}]}""");

        Assert.Equal(["items"], tooMany.Json["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal(["items[1].id"], twice.Json["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal(["items[0].comment", "items[0].x"], wrong.Json["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Decide_PageAndApiAtOnce_OneWins()
    {
        ApprovalDecisions page = _api.Services.GetRequiredService<ApprovalDecisions>();
        for (int round = 0; round < 10; round++)
        {
            Approval approval = await _api.AskAsync();

            Task<Said> program = DecideAsync(approval, """{"approved":true,"version":1}""");
            Task<DecisionOutcome> person = Task.Run(() => page.DecideAsync(Permits.Decide("Bob"), approval, false, "No", Cancel), Cancel);
            Said said = await program;

            bool personWon = await person is DecisionOutcome.Accepted;
            Assert.Equal(personWon ? "already-decided" : null, said.Status == HttpStatusCode.OK ? null : said.Problem);
            Decision decision = (await StoredAsync(approval)).Decision!;
            Assert.Equal((personWon ? "Bob" : "Ann", !personWon), (decision.Reviewer, decision.Approved));
        }
    }

    private Task<Said> DecideAsync(Approval approval, string body, string? token = null) => _api.SendAsync("POST", $"/api/v1/approvals/{approval.Id}/decision", body, token);

    private async Task<Approval> StoredAsync(Approval approval) => (await _api.Services.GetRequiredService<ApprovalsStore>().GetAsync(approval.Id, Cancel))!;
}
