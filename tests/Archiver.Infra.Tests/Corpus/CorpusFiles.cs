using System.Security.Cryptography;
using System.Text;

namespace Archiver.Infra.Tests.Corpus;

/// <summary>
/// The corpus: real files from packages of Debian, npm and NuGet, as they are; and broken ones, each derived from a real one in the way that its name says.
/// </summary>
internal static class CorpusFiles
{
    /// <summary>Where each real file is from: in the folder of Debian's files, of Python's packages there (<c>*/</c>), or of NuGet's packages (<c>nuget:</c>). The driver of Playwright there is a package of npm.</summary>
    private static readonly (string Key, string Source)[] Real =
    [
        ("arange.fits", "*/astropy/io/fits/tests/data/arange.fits"),
        ("ascii.fits", "*/astropy/io/fits/tests/data/ascii.fits"),
        ("btable.fits", "*/astropy/io/fits/tests/data/btable.fits"),
        ("double_ext.fits", "*/astropy/io/fits/tests/data/double_ext.fits"),
        ("random_groups.fits", "*/astropy/io/fits/tests/data/random_groups.fits"),
        ("table.fits", "*/astropy/io/fits/tests/data/table.fits"),
        ("GRIB1.grib1", "usr/share/eccodes/samples/GRIB1.tmpl"),
        ("GRIB2.grib2", "usr/share/eccodes/samples/GRIB2.tmpl"),
        ("gg_sfc.grib", "usr/share/eccodes/samples/gg_sfc_grib1.tmpl"),
        ("example.grib", "*/xarray/tests/data/example.grib"),
        ("bears.nc", "*/xarray/tests/data/bears.nc"),
        ("example_1.nc", "*/xarray/tests/data/example_1.nc"),
        ("vlen_string_dset.h5", "*/h5py/_debian_h5py_serial/tests/data_files/vlen_string_dset.h5"),
        ("vlen_string_dset_utc.h5", "*/h5py/_debian_h5py_serial/tests/data_files/vlen_string_dset_utc.h5"),
        ("vlen_string_s390x.h5", "*/h5py/_debian_h5py_serial/tests/data_files/vlen_string_s390x.h5"),
        ("simple.parquet", "*/pandas/tests/io/data/parquet/simple.parquet"),
        ("example_1.nc.gz", "*/xarray/tests/data/example_1.nc.gz"),
        ("dist_lookup.fits.gz", "*/astropy/wcs/tests/data/dist_lookup.fits.gz"),
        ("s1045.ima.gz", "usr/share/matplotlib/mpl-data/sample_data/s1045.ima.gz"),
        ("changelog.Debian.gz", "usr/share/doc/python-matplotlib-data/changelog.Debian.gz"),
        ("matplotlib.pdf", "usr/share/matplotlib/mpl-data/images/matplotlib.pdf"),
        ("home.pdf", "usr/share/matplotlib/mpl-data/images/home.pdf"),
        ("hand.pdf", "usr/share/matplotlib/mpl-data/images/hand.pdf"),
        ("filesave.pdf", "usr/share/matplotlib/mpl-data/images/filesave.pdf"),
        ("Minduka_Present_Blue_Pack.png", "usr/share/matplotlib/mpl-data/sample_data/Minduka_Present_Blue_Pack.png"),
        ("logo2.png", "usr/share/matplotlib/mpl-data/sample_data/logo2.png"),
        ("nuget-icon.png", "nuget:mudblazor/*/*.png"),
        ("grace_hopper.jpg", "usr/share/matplotlib/mpl-data/sample_data/grace_hopper.jpg"),
        ("Hs-2009-14-a-web.jpg", "usr/share/doc/python3-astropy/examples/io/Hs-2009-14-a-web.jpg"),
        ("home.svg", "usr/share/matplotlib/mpl-data/images/home.svg"),
        ("matplotlib.svg", "usr/share/matplotlib/mpl-data/images/matplotlib.svg"),
        ("msft.csv", "usr/share/matplotlib/mpl-data/sample_data/msft.csv"),
        ("data_x_x2_x3.csv", "usr/share/matplotlib/mpl-data/sample_data/data_x_x2_x3.csv"),
        ("sampled.csv", "*/astropy/timeseries/tests/data/sampled.csv"),
        ("irregular/icrs_fk5.csv", "*/astropy/coordinates/tests/accuracy/data/icrs_fk5.csv"), // for the comment at its head
        ("sites.json", "*/astropy/coordinates/data/sites.json"),
        ("package.json", "nuget:microsoft.playwright/*/.playwright/package/package.json"),
        ("browsers.json", "nuget:microsoft.playwright/*/.playwright/package/browsers.json"),
        ("gemini.xml", "*/astropy/io/votable/tests/data/gemini.xml"),
        ("valid_votable.xml", "*/astropy/io/votable/tests/data/valid_votable.xml"),
        ("mudblazor.nuspec", "nuget:mudblazor/*/mudblazor.nuspec"),
        ("yamldotnet.nuspec", "nuget:yamldotnet/*/yamldotnet.nuspec"),
        ("goog.npz", "usr/share/matplotlib/mpl-data/sample_data/goog.npz"),
        ("jacksboro_fault_dem.npz", "usr/share/matplotlib/mpl-data/sample_data/jacksboro_fault_dem.npz"),
        ("yamldotnet.nupkg", "nuget:yamldotnet/*/yamldotnet.*.nupkg"),
        ("csvhelper.nupkg", "nuget:csvhelper/*/csvhelper.*.nupkg"),
        ("dapper.nupkg", "nuget:dapper/*/dapper.*.nupkg"),
        ("python3-h5py-serial.tar", "python3-h5py-serial.tar"),
        ("README.md", "nuget:microsoft.playwright/*/.playwright/package/README.md"),
        ("README.txt", "usr/share/matplotlib/mpl-data/sample_data/README.txt"),
        ("ThirdPartyNotices.txt", "nuget:microsoft.playwright/*/.playwright/package/ThirdPartyNotices.txt"),
    ];

    /// <param name="debian">The folder of Debian's files.</param>
    /// <param name="nuget">The folder of NuGet's packages.</param>
    public static IReadOnlyList<CorpusFile> All(string debian, string nuget)
    {
        CorpusFile[] real = [.. Real.Select(one => new CorpusFile(one.Key.Contains('/', StringComparison.Ordinal) ? one.Key : $"good/{one.Key}", File.ReadAllBytes(Find(one.Source, debian, nuget))))];
        return [.. real, .. Broken(real.ToDictionary(file => Path.GetFileName(file.Key), file => file.Content))];
    }

    private static IEnumerable<CorpusFile> Broken(Dictionary<string, byte[]> real)
    {
        string[] cut =
        [
            "logo2.png", "grace_hopper.jpg", "matplotlib.pdf", "yamldotnet.nupkg", "goog.npz", "s1045.ima.gz", "changelog.Debian.gz", "python3-h5py-serial.tar", "sites.json", "package.json",
            "gemini.xml", "matplotlib.svg", "example_1.nc", "vlen_string_dset.h5", "double_ext.fits", "gg_sfc.grib", "GRIB2.grib2", "simple.parquet",
        ];
        foreach (string name in cut) yield return new CorpusFile($"cut/{name}", real[name][..(real[name].Length * 2 / 3)]);
        foreach (string name in (string[])["Minduka_Present_Blue_Pack.png", "csvhelper.nupkg", "example_1.nc.gz"])
            yield return new CorpusFile($"changed/{name}", Changed(real[name]));
        yield return new CorpusFile("irregular/msft.csv", WithoutAField(real["msft.csv"]));
        yield return new CorpusFile("misnamed/photo.png", real["grace_hopper.jpg"]);
        yield return new CorpusFile("misnamed/report.pdf", real["goog.npz"]);
        yield return new CorpusFile("misnamed/table.json", real["msft.csv"]);
        yield return new CorpusFile("empty/nothing.fits", []);
        yield return new CorpusFile("checksum/right.csv", real["msft.csv"]) { Sidecar = ("sha256", $"{Hash(real["msft.csv"])}  right.csv\n") };
        yield return new CorpusFile("checksum/wrong.csv", real["msft.csv"]) { Sidecar = ("sha256", $"{Hash(real["sampled.csv"])}  wrong.csv\n") };
        yield return new CorpusFile("checksum/entry.pdf", real["home.pdf"]) { Metadata = { ["sha256"] = Hash(real["hand.pdf"]) } };
        yield return new CorpusFile("threat/test.txt", Encoding.ASCII.GetBytes(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*"));
        yield return new CorpusFile("threat/scanned.pdf", real["home.pdf"]) { Tags = { ["GuardDutyMalwareScanStatus"] = "THREATS_FOUND" } };
        yield return new CorpusFile("unwanted/tagged.png", real["logo2.png"]) { Tags = { ["archive"] = "false" } };
        yield return new CorpusFile("unwanted/marked.png", real["logo2.png"]) { Metadata = { ["archive"] = "false" } };
    }

    private static byte[] Changed(byte[] content)
    {
        byte[] changed = [.. content];
        changed[changed.Length / 2] ^= 0x10;
        return changed;
    }

    private static byte[] WithoutAField(byte[] csv)
    {
        string[] lines = Encoding.UTF8.GetString(csv).Split('\n');
        lines[10] = lines[10][..lines[10].LastIndexOf(',')];
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The file that a source names; of several, as after an upgrade, the last.</summary>
    private static string Find(string source, string debian, string nuget)
    {
        (string root, string pattern) = source.StartsWith("nuget:", StringComparison.Ordinal) ? (nuget, source["nuget:".Length..]) : (debian, source);
        if (pattern.StartsWith("*/", StringComparison.Ordinal))
            (root, pattern) = (Path.Combine(root, "usr/lib/python3/dist-packages"), pattern[2..]);
        string[] found = Walk(root, pattern.Split('/'));
        return found.Length > 0 ? found.Max(StringComparer.Ordinal)! : throw new FileNotFoundException($"The corpus lacks {source}, looked for in {root}.");
    }

    private static string[] Walk(string folder, string[] parts)
    {
        if (parts.Length == 1) return Directory.Exists(folder) ? Directory.GetFiles(folder, parts[0]) : [];
        if (!parts[0].Contains('*', StringComparison.Ordinal)) return Walk(Path.Combine(folder, parts[0]), parts[1..]);
        return [.. Directory.GetDirectories(folder, parts[0]).SelectMany(inner => Walk(inner, parts[1..]))];
    }
}
