using Rerank.Shared.Hosting;

namespace Rerank.Cli.Embedded;

/// <summary>The <c>nats-server</c> of this machine.</summary>
internal static class NatsServerBinary
{
    private const string Missing =
        """
        nats-server was not found on PATH; it is needed when no --nats URL is given. One of:
          apt-get install nats-server          (Debian, Ubuntu)
          brew install nats-server             (macOS)
          docker run -p 4222:4222 nats -js     and then: --nats nats://localhost:4222
          https://github.com/nats-io/nats-server/releases
        """;

    /// <summary>Full path, or null where there is none.</summary>
    internal static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "nats-server"))
            .FirstOrDefault(File.Exists);

    /// <summary>Full path.</summary>
    /// <exception cref="StageFailedException">There is none; the message lists the ways to get one.</exception>
    internal static string Require() => Find() ?? throw new StageFailedException(ExitCode.Failed, Missing);
}
