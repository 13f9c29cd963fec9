using System.ComponentModel;
using System.Diagnostics;

namespace Rerank.Scorer.Inference;

/// <summary>
/// Asks the tool of a graphics processor's maker now and then, apart from the passes: a program is started for each reading. Where the
/// model runs on the CPU, or there is no such tool, there is no reading. <see cref="Last"/> may be read from any thread.
/// </summary>
internal sealed class DeviceMonitor(TimeProvider time, string program, string[] arguments, Func<string, DeviceReading> read)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private DeviceReading _last = DeviceReading.None;

    internal DeviceReading Last => Volatile.Read(ref _last);

    /// <summary>The monitor of what a backend runs on; null where nothing can be asked.</summary>
    internal static DeviceMonitor? For(string backend, TimeProvider time) => backend switch
    {
        "cuda" => new DeviceMonitor(
            time, "nvidia-smi", ["--query-gpu=memory.used,utilization.gpu", "--format=csv,noheader,nounits"], DeviceReport.OfNvidiaSmi),
        "coreml" or "webgpu" when OperatingSystem.IsMacOS() => new DeviceMonitor(
            time, "/usr/sbin/ioreg", ["-r", "-d", "1", "-w", "0", "-c", "IOAccelerator"], DeviceReport.OfIoreg),
        _ => null,
    };

    /// <summary>Reads until cancelled, or until the tool cannot be run; then there are no readings any more.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            var text = await AskAsync(cancellationToken);
            Volatile.Write(ref _last, text is null ? DeviceReading.None : read(text));
            if (text is null)
                break;
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
        // A part that ends by itself would end the Scorer.
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
    }

    /// <returns>What it printed; null if it cannot be run, fails or does not end.</returns>
    private async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            using var process = Process.Start(start);
            if (process is null)
                return null;
            try
            {
                var text = await process.StandardOutput.ReadToEndAsync(either.Token);
                await process.WaitForExitAsync(either.Token);
                return process.ExitCode == 0 ? text : null;
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill();
            }
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
