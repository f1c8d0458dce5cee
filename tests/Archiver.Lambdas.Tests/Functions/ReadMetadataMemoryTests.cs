using System.Text.Json.Nodes;
using Archiver.Lambdas.Functions;

namespace Archiver.Lambdas.Tests.Functions;

/// <summary>Counts what is allocated, so that no other test may run at the same time.</summary>
[Collection(nameof(ReadMetadataMemoryTests))]
[CollectionDefinition(nameof(ReadMetadataMemoryTests), DisableParallelization = true)]
public sealed class ReadMetadataMemoryTests
{
    [Fact]
    public async Task HandleAsync_LargeFile_AllocatesNoMoreThanForASmallOne()
    {
        const long large = 256L * 1024 * 1024;
        const long small = 256L * 1024;
        TestBench bench = new();
        bench.S3.Put("inbox", "large.bin", large, () => new GeneratedStream(large));
        bench.S3.Put("inbox", "small.bin", small, () => new GeneratedStream(small));
        ReadMetadata function = new(bench.Services);
        await MeasureAsync(function, "small.bin"); // what is allocated only once

        (long forSmall, _) = await MeasureAsync(function, "small.bin");
        (long forLarge, JsonObject file) = await MeasureAsync(function, "large.bin");

        Assert.Equal(large, (long)file["Size"]!);
        Assert.Equal(GeneratedStream.Sha256(large), (string?)file["Sha256"]);
        Assert.InRange(forLarge, 0, forSmall + (1024 * 1024));
    }

    private static async Task<(long Allocated, JsonObject File)> MeasureAsync(ReadMetadata function, string key)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        JsonObject run = await TestBench.ReadAsync(function, $$"""{"bucket":"inbox","key":"{{key}}"}""");
        return (GC.GetTotalAllocatedBytes(precise: true) - before, run["File"]!.AsObject());
    }
}
