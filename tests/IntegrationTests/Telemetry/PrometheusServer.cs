using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Rerank.TestKit;

namespace Rerank.IntegrationTests.Telemetry;

/// <summary>A real Prometheus as a child process, on a free loopback port.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly Process _process;
    private readonly HttpClient _http;

    private PrometheusServer(TemporaryFolder folder, Process process, Uri address)
    {
        _folder = folder;
        _process = process;
        _http = new HttpClient { BaseAddress = address };
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Whether this machine has one.</summary>
    internal static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "prometheus")));

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts one that scrapes these ports of this machine.</summary>
    internal static PrometheusServer Start(params int[] targets)
    {
        var folder = TemporaryFolder.Create();
        var port = FreePort();
        File.WriteAllText(folder.File("prometheus.yml"), $"""
            global:
              scrape_interval: 1s
              scrape_timeout: 1s
            scrape_configs:
              - job_name: rerank
                static_configs:
                  - targets: [{string.Join(", ", targets.Select(target => $"'localhost:{target}'"))}]
            """);
        var start = new ProcessStartInfo(
            "prometheus",
            [$"--config.file={folder.File("prometheus.yml")}", $"--storage.tsdb.path={folder.File("data")}", $"--web.listen-address=127.0.0.1:{port}"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        return new PrometheusServer(folder, Process.Start(start)!, new Uri($"http://127.0.0.1:{port}"));
    }

    /// <summary>The one number that a query gives; null if it gives none, or the server does not answer yet.</summary>
    internal async Task<double?> QueryAsync(string query, CancellationToken cancellationToken)
    {
        if (await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}", cancellationToken) is not { } answer)
            return null;
        var result = answer.GetProperty("result");
        return result.GetArrayLength() == 1
            ? double.Parse(result[0].GetProperty("value")[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Whether it understands a query.</summary>
    internal async Task<bool> AcceptsAsync(string query, CancellationToken cancellationToken) =>
        await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}", cancellationToken) is not null;

    internal async Task<IReadOnlyList<string>> MetricNamesAsync(CancellationToken cancellationToken) =>
        await GetAsync("/api/v1/label/__name__/values", cancellationToken) is { } names ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<JsonElement?> GetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(path, cancellationToken);
            return answer.IsSuccessStatusCode
                ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)).RootElement.GetProperty("data")
                : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
