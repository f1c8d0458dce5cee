using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace Amazon.StepFunctions.Internal;

/// <summary>The step of the pipeline that settles how a request is signed: SigV4, for every operation.</summary>
public class AmazonStepFunctionsAuthSchemeHandler : BaseAuthResolverHandler
{
    /// <summary>The ways to sign, the preferred one first.</summary>
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) =>
        AuthSchemeOption.DEFAULT_SIGV4;
}
