using Archiver.Infra.LocalCloud.DynamoDb.Expressions;
using FsCheck.Xunit;

namespace Archiver.Infra.Tests.LocalCloud.DynamoDb.Expressions;

public sealed class LexerTests
{
    [Theory]
    [InlineData("", "End:<EOF>")]
    [InlineData(" \t\r\n", "End:<EOF>")]
    [InlineData("a", "Word:a End:<EOF>")]
    [InlineData("a_1.b[12]", "Word:a_1 Symbol:. Word:b Symbol:[ Number:12 Symbol:] End:<EOF>")]
    [InlineData("#n = :v", "Name:#n Symbol:= Value::v End:<EOF>")]
    [InlineData("#1=:2", "Name:#1 Symbol:= Value::2 End:<EOF>")]
    [InlineData("a<>b<=c>=d<e>f", "Word:a Symbol:<> Word:b Symbol:<= Word:c Symbol:>= Word:d Symbol:< Word:e Symbol:> Word:f End:<EOF>")]
    [InlineData("a+b-(c),", "Word:a Symbol:+ Word:b Symbol:- Symbol:( Word:c Symbol:) Symbol:, End:<EOF>")]
    [InlineData("# :", "Unknown:# Unknown:: End:<EOF>")]
    [InlineData("_a", "Unknown:_ Word:a End:<EOF>")]
    [InlineData("a!", "Word:a Unknown:! End:<EOF>")]
    [InlineData("é𐐷", "Unknown:é Unknown:𐐷 End:<EOF>")]
    [InlineData("1a", "Number:1 Word:a End:<EOF>")]
    public void Tokenize_AnExpression_GivesItsTokens(string source, string expected) =>
        Assert.Equal(expected, string.Join(' ', Lexer.Tokenize(source).Select(token => $"{token.Kind}:{token.Text}")));

    [Property(MaxTest = 1000)]
    public bool Tokenize_AnyText_LosesNothingButWhiteSpace(string? text)
    {
        string source = text ?? "";
        string joined = string.Concat(Lexer.Tokenize(source).Where(token => token.Kind != TokenKind.End).Select(token => token.Text));
        return joined == string.Concat(source.Where(character => character is not (' ' or '\t' or '\r' or '\n')));
    }
}
