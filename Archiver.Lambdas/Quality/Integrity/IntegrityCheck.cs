using System.Globalization;
using System.Text.Json;
using System.Xml;
using Archiver.Lambdas.Contracts;

namespace Archiver.Lambdas.Quality.Integrity;

/// <summary>Looks through content for what is broken in it.</summary>
/// <param name="content">The content. What is left unread is not looked at.</param>
/// <param name="target">What the content is, and where to note what is found in it.</param>
/// <returns>A sentence that says what is right; nothing where nothing can be said.</returns>
/// <exception cref="InvalidDataException">It is broken; the message is a sentence that says how.</exception>
/// <exception cref="EndOfStreamException">It ends too early.</exception>
/// <exception cref="ContentLimitException">Looking on would take too much memory.</exception>
internal delegate Task<string?> IntegrityLook(ContentReader content, IntegrityTarget target);

/// <summary>What a look through content is about.</summary>
/// <param name="FileName">The file's name.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Malware">Looks at what an archive holds.</param>
internal sealed record IntegrityTarget(string FileName, long Size, MalwareProbe Malware);

/// <summary>
/// Checks that content of a kind is whole. Each look takes constant memory and reads forward once, which is also why the readers are
/// Archiver's own where .NET has none that does: those of the packages for PDF, HDF5, Parquet, tar and image headers want the whole file or
/// one that they can seek in, or take as much memory as the file tells them to. .NET's inflater, JSON and XML readers and CsvHelper do the rest, CSV and XML under a limit
/// for what they may buffer.
/// </summary>
internal static class IntegrityCheck
{
    /// <summary>The check's name.</summary>
    public const string Name = "Integrity";

    /// <summary>How to look through content of a kind; nothing where there is no way to.</summary>
    public static IntegrityLook? Of(ContentKind? kind) => kind?.MediaType switch
    {
        "image/png" => (content, _) => PngIntegrity.LookAsync(content),
        "image/jpeg" => (content, _) => JpegIntegrity.LookAsync(content),
        "application/zip" => ZipIntegrity.LookAsync,
        "application/gzip" => GzipIntegrity.LookAsync,
        "application/x-tar" => TarIntegrity.LookAsync,
        "application/pdf" => (content, _) => PdfIntegrity.LookAsync(content),
        "application/json" => JsonIntegrity.LookAsync,
        "application/xml" or "image/svg+xml" => (content, _) => XmlIntegrity.LookAsync(content),
        "text/csv" => CsvIntegrity.LookAsync,
        "application/x-netcdf" => NetCdfIntegrity.LookAsync,
        "application/x-hdf5" => Hdf5Integrity.LookAsync,
        "application/fits" => (content, _) => FitsIntegrity.LookAsync(content),
        "application/x-grib" => (content, _) => GribIntegrity.LookAsync(content),
        "application/vnd.apache.parquet" => (content, _) => ParquetIntegrity.LookAsync(content),
        _ => null,
    };

    /// <summary>Makes the check.</summary>
    /// <returns>The check; nothing where nothing can be said.</returns>
    public static async Task<FileCheck?> RunAsync(IntegrityLook look, Stream stream, ContentKind kind, IntegrityTarget target)
    {
        ContentReader content = new(stream);
        try
        {
            return await look(content, target) is { } sentence ? new FileCheck(Name, true, sentence) : null;
        }
        catch (EndOfStreamException)
        {
            return new FileCheck(Name, false, string.Create(
                CultureInfo.InvariantCulture, $"The content begins like {kind.Name}, but breaks off after {content.Position:N0} bytes or within what follows them."));
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or XmlException)
        {
            return new FileCheck(Name, false, exception is InvalidDataException ? exception.Message : Sentence(exception.Message));
        }
        catch (ContentLimitException)
        {
            return null;
        }
    }

    // What the readers say quotes the content, which may be of any length and hold any character.
    private static string Sentence(string message)
    {
        const int most = 300;
        string text = new([.. message.Take(most).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
        return $"The content is broken: {text.TrimEnd('.')}.";
    }
}
