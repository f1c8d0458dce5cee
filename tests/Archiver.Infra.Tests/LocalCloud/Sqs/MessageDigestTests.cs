using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.Sqs;

namespace Archiver.Infra.Tests.LocalCloud.Sqs;

public class MessageDigestTests
{
    // Digests that the service itself was seen to give.
    [Theory]
    [InlineData("timestamp", "Number", "1493147359900", "235c5c510d26fb653d073faed50ae77c")]
    [InlineData("timestamp", "Number", "1493147359901", "994258b45346a2cc3f9cbb611aa7af30")]
    [InlineData("timestamp", "Number.java.lang.Long", "1493147359900", "2e2e4876d8e0bd6b8c2c8f556831c349")]
    [InlineData("SOME_Valid.attribute-Name", "Number", "1493147359900", "36655e7e9d7c0e8479fa3f3f42247ae7")]
    public void OfAttributes_OneAttribute_IsTheServices(string name, string type, string value, string digest)
    {
        MessageAttributes attributes = Parse($$"""{ "{{name}}": { "DataType": "{{type}}", "StringValue": "{{value}}" } }""");

        Assert.Equal(digest, MessageDigest.OfAttributes(attributes));
    }

    [Fact]
    public void OfAttributes_AnyOrder_IsTheSame()
    {
        const string a = """ "a": { "DataType": "String", "StringValue": "1" } """;
        const string b = """ "B": { "DataType": "Binary", "BinaryValue": "AgME" } """;

        Assert.Equal(MessageDigest.OfAttributes(Parse($"{{{a},{b}}}")), MessageDigest.OfAttributes(Parse($"{{{b},{a}}}")));
    }

    [Fact]
    public void OfAttributes_SameBytesAsTextAndAsBinary_Differ()
    {
        Assert.NotEqual(
            MessageDigest.OfAttributes(Parse("""{ "a": { "DataType": "String", "StringValue": "hi" } }""")),
            MessageDigest.OfAttributes(Parse("""{ "a": { "DataType": "Binary", "BinaryValue": "aGk=" } }""")));
    }

    [Fact]
    public void OfAttributes_None_IsNothing() => Assert.Null(MessageDigest.OfAttributes(MessageAttributes.None));

    [Theory]
    [InlineData("derp", "58fd9edd83341c29f1aebba81c31e257")]
    [InlineData("This is a test message", "fafb00f5732ab283681e124bf8747ed1")]
    public void OfBody_Text_IsTheMd5OfItsUtf8(string body, string digest) => Assert.Equal(digest, MessageDigest.OfBody(body));

    private static MessageAttributes Parse(string json) => MessageAttributes.Parse(new SqsRequest(JsonNode.Parse(json)!.AsObject()));
}
