using Archiver.Web.Cloud;
using Archiver.Web.Identity.Local;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;

namespace Archiver.Web.Tests.Identity;

public sealed class LinkPrinterTests : IDisposable
{
    private readonly OneTimeLink _link = new(new FakeTimeProvider());
    private readonly StringWriter _out = new();

    public void Dispose() => _out.Dispose();

    [Fact]
    public async Task StartedAsync_OnLoopback_PrintsTheLinkWithItsCodeInTheFragment()
    {
        await Printer("http://localhost:5080/").StartedAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"Sign in: http://localhost:5080/sign-in#{_link.Code}{_out.NewLine}", _out.ToString());
    }

    [Fact]
    public async Task Print_AfterTheCodeWasUsed_PrintsAnother()
    {
        LinkPrinter printer = Printer("http://127.0.0.1:5080");
        await printer.StartedAsync(TestContext.Current.CancellationToken);
        string first = _link.Code;
        Assert.Equal(CodeOutcome.Accepted, _link.Use(first));

        printer.Print();

        string[] lines = _out.ToString().Split(_out.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal([$"Sign in: http://127.0.0.1:5080/sign-in#{first}", $"Sign in: http://127.0.0.1:5080/sign-in#{_link.Code}"], lines);
        Assert.NotEqual(lines[0], lines[1]);
    }

    [Fact]
    public void Print_BeforeTheAddressIsKnown_PrintsNothing()
    {
        Printer("http://localhost:5080").Print();

        Assert.Equal("", _out.ToString());
    }

    [Fact]
    public async Task StartedAsync_ReachedByOthers_RefusesAndPrintsNothing()
    {
        StartupException exception = await Assert.ThrowsAsync<StartupException>(
            () => Printer("http://0.0.0.0:5080").StartedAsync(TestContext.Current.CancellationToken));

        Assert.Contains("http://0.0.0.0:5080", exception.Message, StringComparison.Ordinal);
        Assert.Equal("", _out.ToString());
    }

    private LinkPrinter Printer(string address) => new(_link, new Terminal(_out), new Server(address));

    /// <summary>A server that answers on an address, and no more.</summary>
    private sealed class Server : IServer
    {
        public Server(string address)
        {
            ServerAddressesFeature addresses = new();
            addresses.Addresses.Add(address);
            Features.Set<IServerAddressesFeature>(addresses);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() { }
    }
}
