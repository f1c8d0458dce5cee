using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Parameters;

/// <summary>
/// Decides what Parameter Store takes and gives.
/// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
/// </summary>
internal sealed partial class ParameterService(ParameterStore store, ParameterCipher cipher, CloudIdentity identity, TimeProvider time)
{
    private const int MaxLevels = 15, MaxNameLength = 1011, MaxStandardBytes = 4096, MaxAdvancedBytes = 8192;
    private const string DefaultKey = "alias/aws/ssm";

    private static readonly string[] Types = ["String", "StringList", "SecureString"];
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The ARN of a parameter.</summary>
    public string Arn(string name) => identity.Arn("ssm", $"parameter{(name.StartsWith('/') ? "" : "/")}{name}");

    /// <summary>Puts a parameter.</summary>
    /// <returns>Its new version.</returns>
    /// <exception cref="AwsError">It is there and must not be overwritten, or it is none that may be.</exception>
    public Parameter Put(ParameterPut put)
    {
        CheckName(put.Name);
        if (put.Value.Length == 0)
            throw Invalid("Value must have a character at least.");
        if (put.Type is not null && !Types.Contains(put.Type))
            throw new AwsError("UnsupportedParameterType", $"The parameter type {put.Type} is not supported; it is {string.Join(", ", Types)}.");
        if (put.Tier is not (null or "Standard" or "Advanced" or "Intelligent-Tiering"))
            throw Invalid($"Tier is {put.Tier}; it is Standard, Advanced or Intelligent-Tiering.");
        if (put.Description?.Length > 1024)
            throw Invalid("Description has 1024 characters at most.");
        if (put.AllowedPattern is not null)
            CheckPattern(put);
        return store.Put(put.Name, current => Next(put, current));
    }

    /// <summary>Gives a parameter.</summary>
    /// <param name="name">Its name or ARN; <c>:VERSION</c> behind it asks for that version.</param>
    /// <param name="withDecryption">Give a <c>SecureString</c> in the clear.</param>
    /// <returns>The parameter and the selector that was asked with.</returns>
    public (Parameter Parameter, string? Selector) Get(string name, bool withDecryption)
    {
        (string plain, string? selector) = Split(name);
        long? version = null;
        if (selector is not null)
        {
            version = long.TryParse(selector, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                ? number
                : throw new AwsError("ParameterVersionNotFound", $"{plain} has no version labelled {selector}: the local cloud keeps no labels.");
        }
        if (store.Get(plain, version) is { } parameter)
            return (withDecryption ? Decrypt(parameter) : parameter, selector is null ? null : ":" + selector);
        throw version is not null && store.Get(plain) is not null
            ? new AwsError("ParameterVersionNotFound", $"{plain} has no version {selector}.")
            : new AwsError("ParameterNotFound", $"There is no parameter {plain}.");
    }

    /// <summary>Removes a parameter.</summary>
    /// <returns>False where there was none.</returns>
    public bool Delete(string name) => store.Delete(Split(name).Name);

    /// <summary>Lists parameters by name.</summary>
    public ParameterPage List(ParameterFilter filter, string? nextToken, int limit, bool withDecryption)
    {
        ParameterPage page = store.List(filter, nextToken is null ? null : FromToken(nextToken), limit);
        Parameter[] items = [.. page.Items.Select(item => withDecryption ? Decrypt(item) : item)];
        return new ParameterPage(items, page.Next is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(page.Next)));
    }

    private Parameter Next(ParameterPut put, Parameter? current)
    {
        if (current is not null && !put.Overwrite)
            throw new AwsError("ParameterAlreadyExists", "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.");
        string type = put.Type ?? current?.Type ?? throw Invalid("A parameter type is required when you create a parameter.");
        if (current is not null && current.Type != type)
            throw new AwsError("HierarchyTypeMismatchException", $"{put.Name} is a {current.Type}; a parameter's type can't be changed.");
        if (put.KeyId is not null && type != "SecureString")
            throw Invalid("KeyId is for a SecureString alone.");
        if (type == "StringList" && put.Value.Split(',').Any(item => item.Length == 0))
            throw Invalid("A StringList has no empty items.");
        string tier = Tier(put, current);
        return new Parameter(
            put.Name,
            (current?.Version ?? 0) + 1,
            type,
            type == "SecureString" ? cipher.Encrypt(put.Name, put.Value) : put.Value,
            time.GetUtcNow(),
            put.Description ?? current?.Description,
            put.AllowedPattern,
            type == "SecureString" ? put.KeyId ?? current?.KeyId ?? DefaultKey : null,
            tier);
    }

    private static string Tier(ParameterPut put, Parameter? current)
    {
        int bytes = Encoding.UTF8.GetByteCount(put.Value);
        string tier = put.Tier switch
        {
            "Intelligent-Tiering" => bytes > MaxStandardBytes ? "Advanced" : "Standard",
            null => current?.Tier ?? "Standard",
            var given => given,
        };
        if (current?.Tier == "Advanced" && tier == "Standard")
            throw Invalid("An advanced parameter can't become a standard one.");
        int limit = tier == "Advanced" ? MaxAdvancedBytes : MaxStandardBytes;
        return bytes <= limit ? tier : throw Invalid($"{tier} tier parameters support a maximum parameter value of {limit} characters.");
    }

    private static void CheckPattern(ParameterPut put)
    {
        if (put.AllowedPattern!.Length > 1024)
            throw Invalid("AllowedPattern has 1024 characters at most.");
        try
        {
            if (!Regex.IsMatch(put.Value, put.AllowedPattern, RegexOptions.CultureInvariant, PatternTimeout))
                throw new AwsError("ParameterPatternMismatchException", $"The value does not match {put.AllowedPattern}.");
        }
        catch (RegexMatchTimeoutException)
        {
            throw new AwsError("InvalidAllowedPatternException", "AllowedPattern takes too long to match.");
        }
        catch (ArgumentException exception)
        {
            throw new AwsError("InvalidAllowedPatternException", $"AllowedPattern is no regular expression: {exception.Message}");
        }
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > MaxNameLength)
            throw Invalid($"A parameter's name has 1 to {MaxNameLength} characters.");
        if (!NamePattern().IsMatch(name))
            throw Invalid("Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_");
        if (name.Contains('/', StringComparison.Ordinal) && !name.StartsWith('/'))
            throw Invalid("Parameter name must be a fully qualified name.");
        string first = name.TrimStart('/').Split('/')[0];
        if (first.StartsWith("aws", StringComparison.OrdinalIgnoreCase) || first.StartsWith("ssm", StringComparison.OrdinalIgnoreCase))
            throw Invalid($"No access to reserved parameter name: {name}.");
        if (name.Count(c => c == '/') > MaxLevels)
            throw new AwsError("HierarchyLevelLimitExceededException", $"A parameter's hierarchy has {MaxLevels} levels at most.");
    }

    /// <summary>Takes a name or an ARN apart into the plain name and what stands behind a colon.</summary>
    private (string Name, string? Selector) Split(string name)
    {
        string prefix = identity.Arn("ssm", "parameter");
        if (name.StartsWith(prefix + "/", StringComparison.Ordinal))
        {
            // The ARN of "a" and of "/a" is the same: the one that is there is meant.
            string path = name[prefix.Length..];
            string bare = path[1..];
            name = bare.Contains('/', StringComparison.Ordinal) || store.Get(bare.Split(':')[0]) is null ? path : bare;
        }
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (name, null) : (name[..colon], name[(colon + 1)..]);
    }

    private Parameter Decrypt(Parameter parameter) =>
        parameter.Type == "SecureString" ? parameter with { Value = cipher.Decrypt(parameter.Name, parameter.Value) } : parameter;

    private static string FromToken(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw new AwsError("InvalidNextToken", "The NextToken is none that was given.");
        }
    }

    private static AwsError Invalid(string message) => new("ValidationException", message);

    [GeneratedRegex(@"\A[a-zA-Z0-9_.\-]+\z|\A/?[a-zA-Z0-9_.\-]+(/[a-zA-Z0-9_.\-]+)*\z")]
    private static partial Regex NamePattern();
}
