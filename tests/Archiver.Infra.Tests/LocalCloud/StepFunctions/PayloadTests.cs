using Archiver.Infra.LocalCloud.StepFunctions;

namespace Archiver.Infra.Tests.LocalCloud.StepFunctions;

public class PayloadTests
{
    [Fact]
    public void IsTooLarge_CountsBytesNotCharacters()
    {
        Assert.False(Payload.IsTooLarge(new string('a', 262_144)));
        Assert.True(Payload.IsTooLarge(new string('a', 262_145)));
        Assert.False(Payload.IsTooLarge(new string('文', 87_381)));
        Assert.True(Payload.IsTooLarge(new string('文', 87_382)));
    }
}
