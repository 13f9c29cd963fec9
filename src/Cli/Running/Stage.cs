using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rerank.Shared.Hosting;

namespace Rerank.Cli.Running;

/// <summary>One of the hosts, in this process: without its own signal handlers, and with its warnings shown by the run.</summary>
internal sealed class Stage : IAsyncDisposable
{
    // A forward pass of a large model, and a Parquet file, are finished before their stage stops.
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(5);

    private readonly IHost _host;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly StageOutcome _outcome;

    private Stage(string name, IHost host)
    {
        Name = name;
        _host = host;
        _lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        _outcome = host.Services.GetRequiredService<StageOutcome>();
        Ended = host.WaitForShutdownAsync();
    }

    internal string Name { get; }

    /// <summary>Completes when the stage has ended, by itself or because it was stopped.</summary>
    internal Task Ended { get; }

    internal int ExitCode => _outcome.ExitCode;

    /// <summary>Null unless the stage failed.</summary>
    internal string? Failure => _outcome.Failure;

    internal static async Task<Stage> StartAsync(
        string name, Func<Action<HostApplicationBuilder>, IHost> build, ILoggerProvider log, CancellationToken cancellationToken)
    {
        var host = build(builder => Compose(builder, log));
        await host.StartAsync(cancellationToken);
        return new Stage(name, host);
    }

    /// <summary>Asks the stage to finish what it has begun, and waits for it.</summary>
    internal Task StopAsync()
    {
        _lifetime.StopApplication();
        return Ended;
    }

    /// <summary>The stage must have ended.</summary>
    public ValueTask DisposeAsync() => ((IAsyncDisposable)_host).DisposeAsync();

    private static void Compose(HostApplicationBuilder builder, ILoggerProvider log)
    {
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainLimit);
    }
}
