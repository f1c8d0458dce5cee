using Archiver.Web.Identity.Access;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Archiver.Lambdas.Contracts;
using Archiver.Web.Cloud;
using Archiver.Web.Results;
using Archiver.Web.Results.Store;
using Archiver.Web.Results.Summary;
using Archiver.Web.Tests.Results.Fakes;

namespace Archiver.Web.Tests.Results;

/// <summary>The same through the real SDK, against the local cloud's tables.</summary>
public sealed class ResultsCloudTests(CloudFixture cloud)
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Records.Now.UtcDateTime);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_TheStacksOwnTable_IsServedByItsIndex()
    {
        // A day that no run of another test ends on.
        DateTimeOffset time = new(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);
        await cloud.DynamoDb.PutItemAsync(cloud.Resources.ArchiveTable, Records.Item("results-cloud", time, ResultAction.Denied), Test);
        ResultsView view = ResultsView.Default with { Filter = new(new ResultsPeriod.OneDay(new DateOnly(2001, 2, 3)), [ResultAction.Denied]) };

        ResultsPage page = await new ResultsReader(new ResultsStore(cloud.DynamoDb, cloud.Resources)).ReadAsync(view, Today, TimeZoneInfo.Utc, Test);

        Assert.Equal(Records.Row("results-cloud", time, ResultAction.Denied), Assert.Single(page.Rows));
    }

    [Fact]
    public async Task Read_EveryFilterAndDirection_GivesWhatTheSelectionMatchesPageByPage()
    {
        CloudResources own = await TableAsync();
        List<ResultRow> all = await FillAsync(own, 400);
        ResultsReader reader = new(new ResultsStore(cloud.DynamoDb, own));
        ResultsFilter[] filters =
        [
            ResultsFilter.Default,
            new(new ResultsPeriod.LastDays(7), [ResultAction.Archived, ResultAction.Denied]),
            new(ResultsPeriod.Default, [], true, 20, 60),
            new(ResultsPeriod.Default, [], false),
            new(new ResultsPeriod.OneDay(Today.AddDays(-3)), []),
            new(new ResultsPeriod.OneDay(Today.AddDays(-3), 6, 15), []),
            new(ResultsPeriod.Default, [], Reason: "Blurred"),
            new(ResultsPeriod.Default, [ResultAction.Denied], Reason: ""),
            new(ResultsPeriod.Default, [], DecidedIn: DecisionBand.All[2]),
            new(ResultsPeriod.Default, [], true, DecidedIn: DecisionBand.All[^1]),
        ];

        foreach (ResultsView first in filters.SelectMany(filter => (ResultsView[])[ResultsView.Default with { Filter = filter }, ResultsView.Default with { Filter = filter, Descending = false }]))
        {
            TimeZoneInfo vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");
            List<string> read = [];
            for (ResultsView? view = first; view is not null;)
            {
                ResultsPage page = await reader.ReadAsync(view, Today, vienna, Test);
                read.AddRange(page.Rows.Select(row => row.Id));
                view = page.Next;
            }

            IEnumerable<ResultRow> expected = all.Where(first.Filter.Select(Today, vienna).Matches);
            Assert.Equal((first.Descending ? expected : expected.Reverse()).Select(row => row.Id), read);
        }
    }

    [Fact]
    public async Task Summary_EveryFilter_CountsWhatThePagesHave()
    {
        CloudResources own = await TableAsync();
        List<ResultRow> all = await FillAsync(own, 400);
        SummaryReader reader = new(cloud.DynamoDb, own, TimeProvider.System);
        TimeZoneInfo kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
        ResultsFilter[] filters =
        [
            ResultsFilter.Default,
            new(new ResultsPeriod.OneDay(Today.AddDays(-3), 6, 15), [ResultAction.Archived, ResultAction.Denied]),
            new(new ResultsPeriod.LastDays(7), [], true, 20, 60),
            new(ResultsPeriod.Default, [], Reason: "Blurred"),
            new(ResultsPeriod.Default, [], false, DecidedIn: DecisionBand.All[2]),
        ];

        foreach (ResultsFilter filter in filters)
        {
            SummaryQuestion question = new(filter, Today, kolkata);
            SummaryFacts facts = question.Nothing();
            foreach (DateOnly day in question.Days) facts.Add(question.Ask((await reader.ReadAsync(day, Test)).Cube));
            Assert.Equal(all.Count(filter.Select(Today, kolkata).Matches), facts.Total);
        }
    }

    [Fact]
    public async Task Clear_ATable_DeletesWhatIsInNoIndexToo()
    {
        CloudResources own = await TableAsync();
        await FillAsync(own, 130);
        await cloud.DynamoDb.PutItemAsync(own.ArchiveTable, Records.Item("in no index", Records.Now).With("Day", null), Test);
        ResultsClearer clearer = new(cloud.DynamoDb, own, TimeProvider.System);

        Assert.Equal(131, await clearer.CountAsync(Test));
        Assert.Equal(new ClearOutcome(131, false, false), await clearer.ClearAsync(Permits.For(Operation.ClearResults), new Progress<int>(), Test));

        Assert.Equal(0, await clearer.CountAsync(Test));
    }

    private async Task<List<ResultRow>> FillAsync(CloudResources own, int count)
    {
        List<Dictionary<string, AttributeValue>> items = [.. Enumerable.Range(0, count).Select(index => Records
            .Item($"r{index:D3}", Records.Now.AddMinutes(-90 * index), ResultAction.All[index % 6], index % 101, index % 3 == 0)
            .With("Approval", index % 5 == 0 ? null : index % 13 == 0 ? Records.Text("true") : new AttributeValue { BOOL = index % 3 == 0 })
            .With("Quality", index % 11 == 0 ? Records.Text("good") : Records.Number(index % 101))
            .With("Comment", index % 4 == 0 ? null : Records.Text("Blurred"))
            .With("DecisionSeconds", index % 7 == 0 ? null : Records.Number(index * index * 7)))];
        foreach (Dictionary<string, AttributeValue>[] batch in items.Chunk(25))
        {
            await cloud.DynamoDb.BatchWriteItemAsync(
                new BatchWriteItemRequest { RequestItems = new() { [own.ArchiveTable] = [.. batch.Select(item => new WriteRequest(new PutRequest(item)))] } }, Test);
        }
        return [.. items.Select(ResultRowReader.Read)];
    }

    // As the template's.
    private async Task<CloudResources> TableAsync()
    {
        string name = $"results-{Guid.NewGuid():N}";
        await cloud.DynamoDb.CreateTableAsync(
            new CreateTableRequest
            {
                TableName = name,
                BillingMode = BillingMode.PAY_PER_REQUEST,
                AttributeDefinitions = [new("Id", ScalarAttributeType.S), new("Day", ScalarAttributeType.S), new("Timestamp", ScalarAttributeType.S)],
                KeySchema = [new("Id", KeyType.HASH)],
                GlobalSecondaryIndexes =
                [
                    new()
                    {
                        IndexName = ResultsQuery.Index,
                        KeySchema = [new("Day", KeyType.HASH), new("Timestamp", KeyType.RANGE)],
                        Projection = new() { ProjectionType = ProjectionType.ALL },
                    },
                ],
            },
            Test);
        return cloud.Resources with { ArchiveTable = name };
    }
}
