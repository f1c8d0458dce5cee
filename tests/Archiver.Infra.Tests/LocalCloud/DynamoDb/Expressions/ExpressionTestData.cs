using System.Text.Json.Nodes;
using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using Archiver.Infra.LocalCloud.DynamoDb.Values;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb.Expressions;

/// <summary>Names, values and an item that the expressions of the tests speak of.</summary>
internal static class ExpressionTestData
{
    public static readonly MapValue Item = Read("""
        {"Id":{"S":"1"},"num":{"N":"5"},"word":{"S":"hello"},"flag":{"BOOL":true},"nothing":{"NULL":true},"bin":{"B":"AAEC"},
         "tags":{"SS":["red","blue"]},"nums":{"NS":["1","2"]},"list":{"L":[{"S":"zero"},{"S":"one"},{"M":{"deep":{"N":"7"}}}]},
         "map":{"M":{"inside":{"M":{"x":{"N":"1"}}},"name":{"S":"n"}}},"name":{"S":"reserved"}}
        """);

    public static MapValue Read(string json) => AttributeReader.ReadMap(JsonNode.Parse(json)!.AsObject());

    public static Placeholders Placeholders() => new(
        JsonNode.Parse("""{"#name":"name","#list":"list","#map":"map","#dotted":"a.b"}""")!.AsObject(),
        JsonNode.Parse("""
            {":s":{"S":"hello"},":n":{"N":"5"},":one":{"N":"1"},":ten":{"N":"10"},":t":{"BOOL":true},":nul":{"NULL":true},":b":{"B":"AAEC"},":b1":{"B":"AQ=="},
             ":he":{"S":"he"},":red":{"S":"red"},":zero":{"S":"zero"},":ss":{"SS":["blue","red"]},":ss2":{"SS":["green","red"]},":allcolours":{"SS":["red","blue"]},
             ":ns":{"NS":["2","3"]},":l":{"L":[{"S":"two"}]},":m":{"M":{"a":{"S":"b"}}},":typeS":{"S":"S"},":typeX":{"S":"X"},":typeL":{"S":"L"}}
            """)!.AsObject());
}
