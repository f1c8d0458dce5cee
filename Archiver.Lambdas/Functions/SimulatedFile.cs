using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Functions;

/// <summary>Makes up the metadata of a file for a run that names none.</summary>
internal static class SimulatedFile
{
    private static readonly string[] Subjects = ["invoice", "contract", "site-survey", "minutes", "scan", "report", "photo", "measurements"];

    private static readonly (string Extension, string ContentType)[] Types =
    [
        ("pdf", "application/pdf"), ("png", "image/png"), ("jpg", "image/jpeg"), ("tiff", "image/tiff"), ("csv", "text/csv"),
    ];

    /// <summary>Draws a file; what <paramref name="simulation"/> fixes is as it says.</summary>
    public static FileMetadata Draw(string id, Simulation? simulation, int qualityThreshold, Random random)
    {
        (string extension, string contentType) = Types[random.Next(Types.Length)];
        bool archive = simulation?.Archive ?? random.Next(4) != 0;
        int quality = simulation?.Quality ?? random.Next(101);
        return new FileMetadata
        {
            Id = id,
            Name = $"{Subjects[random.Next(Subjects.Length)]}-{random.Next(1000, 10000)}.{extension}",
            Size = random.Next(1_000, 25_000_000),
            ContentType = contentType,
            Archive = archive,
            Quality = quality,
            QualityThreshold = qualityThreshold,
            Checks = [new FileCheck("Simulated", quality >= qualityThreshold, $"There is no file; its quality of {quality} is simulated.")],
        };
    }
}
