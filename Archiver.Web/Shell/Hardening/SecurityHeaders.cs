namespace Archiver.Web.Shell.Hardening;

/// <summary>
/// The headers that keep a browser from doing with a page what the dashboard does not do itself: no script but the dashboard's
/// own files, nothing from another host, no frame around it, no address of it told to others.
/// </summary>
internal static class SecurityHeaders
{
    private const int HstsSeconds = 365 * 24 * 60 * 60;

    /// <summary>The policy of answers that are somebody's picture.</summary>
    public const string ForeignPicture = "foreign-picture";

    /// <summary>The policy of answers that are somebody's document, disarmed.</summary>
    public const string ForeignDocument = "foreign-document";

    /// <summary>Makes the headers that go with every answer but those of other policies.</summary>
    public static HeaderPolicyCollection Create() => new HeaderPolicyCollection()
        .AddContentSecurityPolicy(policy =>
        {
            policy.AddDefaultSrc().None();
            policy.AddScriptSrc().Self();
            // MudBlazor writes its theme into a style element and sizes into attributes; style can't run.
            policy.AddStyleSrc().Self().UnsafeInline();
            policy.AddImgSrc().Self().Data();
            policy.AddFontSrc().Self();
            policy.AddConnectSrc().Self();
            policy.AddFrameSrc().Self(); // documents, in the browser's own viewer
            policy.AddFormAction().Self();
            policy.AddBaseUri().Self();
            policy.AddFrameAncestors().None();
        })
        .AddContentTypeOptionsNoSniff()
        .AddFrameOptionsDeny()
        .AddReferrerPolicySameOrigin()
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
        .AddPermissionsPolicy(policy =>
        {
            policy.AddCamera().None();
            policy.AddMicrophone().None();
            policy.AddGeolocation().None();
            policy.AddPayment().None();
            policy.AddUsb().None();
        })
        .AddStrictTransportSecurityMaxAgeIncludeSubDomains(maxAgeInSeconds: HstsSeconds)
        .RemoveServerHeader();

    /// <summary>For a picture of anybody's making: were it opened by itself, it would be a page without script, origin or anything fetched.</summary>
    public static void AddForeignPicture(HeaderPolicyCollection headers) => AddForeign(headers)
        .AddContentSecurityPolicy(policy =>
        {
            policy.AddSandbox();
            policy.AddDefaultSrc().None();
            policy.AddFrameAncestors().None();
        })
        .AddFrameOptionsDeny();

    /// <summary>
    /// For a document that the browser's viewer shows in a frame of the dashboard's own pages. The viewer does not run in a sandbox, so
    /// that the document is disarmed before.
    /// </summary>
    public static void AddForeignDocument(HeaderPolicyCollection headers) => AddForeign(headers)
        .AddContentSecurityPolicy(policy =>
        {
            policy.AddDefaultSrc().None();
            // The page that a browser puts around its viewer.
            policy.AddObjectSrc().Self();
            policy.AddStyleSrc().UnsafeInline();
            policy.AddFrameAncestors().Self();
        })
        .AddFrameOptionsSameOrigin();

    private static HeaderPolicyCollection AddForeign(HeaderPolicyCollection headers) => headers
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyNoReferrer()
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
        .AddStrictTransportSecurityMaxAgeIncludeSubDomains(maxAgeInSeconds: HstsSeconds)
        .RemoveServerHeader();
}
