using System.Xml.Linq;
using Archiver.Infra.LocalCloud.Wire;

namespace Archiver.Infra.LocalCloud.Parameters;

/// <summary>
/// <c>sts get-caller-identity</c>: whoever asks is the account's root, since nobody is told apart here.
/// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
/// </summary>
internal sealed class CallerIdentityApi : QueryApi
{
    private static readonly XNamespace Namespace = "https://sts.amazonaws.com/doc/2011-06-15/";

    public CallerIdentityApi(CloudIdentity identity) : base("sts", Namespace) =>
        Operation("GetCallerIdentity", _ =>
        [
            new XElement(Namespace + "Arn", $"arn:{identity.Partition}:iam::{identity.AccountId}:root"),
            new XElement(Namespace + "UserId", identity.AccountId),
            new XElement(Namespace + "Account", identity.AccountId),
        ]);
}
