using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Rerank.Shared.Messaging;
using Rerank.Shared.Telemetry;
using Rerank.Shared.Topology;

namespace Rerank.Shared.Hosting;

/// <summary>What the three hosts have in common: settings, logging to stderr, the broker's options, and how a run becomes an exit code.</summary>
public static class StageHost
{
    /// <summary>
    /// A builder with settings from the environment (<c>Nats__Url</c>) and from arguments (<c>--Nats:Url=…</c>), which win.
    /// </summary>
    public static HostApplicationBuilder CreateBuilder(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddEnvironmentVariables().AddCommandLine(args);
        builder.Logging
            .AddConfiguration(builder.Configuration.GetSection("Logging"))
            .AddFilter("Microsoft", LogLevel.Warning)
            // It would add a stack trace to setting errors, which RunAsync tells, and to faults, which StageOutcome tells.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddFilter("NATS", LogLevel.Error)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
                console.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<StageOutcome>();
        builder.AddOptions<NatsOptions, NatsOptionsValidator>(NatsOptions.Section);
        builder.AddOptions<QueueOptions, QueueOptionsValidator>(QueueOptions.Section);
        builder.AddOptions<TelemetryOptions, TelemetryOptionsValidator>(TelemetryOptions.Section);
        builder.Services.AddHostedService<TelemetryExport>();
        return builder;
    }

    /// <summary>Binds a section, and validates it at start with all its errors at once.</summary>
    public static void AddOptions<TOptions, TValidator>(this HostApplicationBuilder builder, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        var settings = new SettingSection<TOptions>(builder.Configuration, section);
        builder.Services.AddOptions<TOptions>().ValidateOnStart();
        builder.Services.AddSingleton<IConfigureOptions<TOptions>>(settings);
        builder.Services.AddSingleton<IValidateOptions<TOptions>>(settings);
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
    }

    /// <summary>Runs a stage until it ends by itself or by a signal, and returns the exit code of the process.</summary>
    public static async Task<int> RunAsync(Func<IHost> build)
    {
        try
        {
            using var host = build();
            var outcome = host.Services.GetRequiredService<StageOutcome>();
            await host.RunAsync();
            return outcome.ExitCode;
        }
        catch (Exception e) when (SettingErrors(e) is { } errors)
        {
            foreach (var error in errors)
                await Console.Error.WriteLineAsync(error);
            return ExitCode.WrongUsage;
        }
        catch (StageFailedException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
    }

    /// <summary>The setting errors in an exception of building or starting a host, one line each; null if it is about something else.</summary>
    public static IReadOnlyList<string>? SettingErrors(Exception exception) => exception switch
    {
        OptionsValidationException validation => [.. validation.Failures],
        AggregateException { InnerExceptions: var inner } when inner.All(e => e is OptionsValidationException) =>
            [.. inner.Cast<OptionsValidationException>().SelectMany(e => e.Failures)],
        _ => null,
    };
}
