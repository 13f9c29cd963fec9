using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Rerank.IntegrationTests.Compose;

/// <summary>compose.yaml as Compose reads it with no variable set: merges resolved, <c>${NAME:-default}</c> replaced.</summary>
internal static partial class ComposeFile
{
    private static readonly HashSet<string> TopLevelKeys = ["name", "services", "volumes"];

    // Those of the compose specification that this file has a use for: anything else is a slip of the pen.
    private static readonly HashSet<string> ServiceKeys =
    [
        "build", "cap_drop", "command", "depends_on", "deploy", "entrypoint", "environment", "healthcheck", "image", "network_mode", "ports", "profiles",
        "restart", "security_opt", "stop_grace_period", "user", "volumes",
    ];

    internal static IReadOnlyDictionary<string, ComposeService> Read(string path)
    {
        var text = Variable().Replace(File.ReadAllText(path), match => match.Groups["default"].Value);
        var parser = new MergingParser(new Parser(new StringReader(text)));
        var document = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object?>>(parser);
        RejectUnknown("the file", document.Keys.Where(key => !key.StartsWith("x-", StringComparison.Ordinal)), TopLevelKeys);

        return Map(document["services"]).ToDictionary(service => service.Key, service => ReadService(service.Key, Map(service.Value)));
    }

    private static ComposeService ReadService(string name, Dictionary<string, object?> service)
    {
        RejectUnknown(name, service.Keys, ServiceKeys);
        var deploy = Map(service.GetValueOrDefault("deploy"));
        return new ComposeService(
            Map(service.GetValueOrDefault("environment")).ToDictionary(variable => variable.Key, variable => (string)variable.Value!),
            List(service.GetValueOrDefault("volumes")).Select(volume => volume.Split(':')).ToDictionary(part => part[1], part => part[0]),
            deploy.TryGetValue("replicas", out var replicas) ? int.Parse((string)replicas!) : 1,
            Map(service.GetValueOrDefault("build")).GetValueOrDefault("target") as string,
            (string)service["restart"]!);
    }

    private static void RejectUnknown(string where, IEnumerable<string> keys, HashSet<string> known)
    {
        var unknown = keys.Where(key => !known.Contains(key)).ToArray();
        if (unknown.Length > 0)
            throw new InvalidDataException($"compose.yaml: {where} has the unknown key '{unknown[0]}'.");
    }

    private static Dictionary<string, object?> Map(object? node) =>
        node is Dictionary<object, object?> map ? map.ToDictionary(entry => (string)entry.Key, entry => entry.Value) : [];

    private static IEnumerable<string> List(object? node) => node is List<object> list ? list.Cast<string>() : [];

    [GeneratedRegex(@"\$\{\w+:-(?<default>[^}]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
