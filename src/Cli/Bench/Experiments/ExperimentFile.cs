using Rerank.Cli.Reports.Recording;
using Rerank.Scorer.Simulation;
using Rerank.Shared.Contracts;
using Rerank.Shared.Hosting;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Rerank.Cli.Bench.Experiments;

/// <summary>Reads <c>experiments/*.yaml</c>.</summary>
internal static class ExperimentFile
{
    // Room for what a run's name adds, and its jobs'.
    private const int LongestName = 40;
    private const int MostPairs = 4_096;
    private const int MostCallers = 1_024;
    private const int MostRequests = 1_000_000;
    private const double MostRate = 1e6;

    private static readonly string[] BackendNames = ["auto", "cpu", "coreml", "webgpu", "cuda"];
    private static readonly string[] PrecisionNames = ["fp32", "fp16", "int8", "int4"];
    private static readonly string[] LoadNames = ["closed", "open", "backlog"];

    /// <exception cref="StageFailedException">A file is missing or wrong; every error of every file.</exception>
    internal static IReadOnlyList<Experiment> ReadAll(IEnumerable<string> paths)
    {
        var (experiments, errors) = (new List<Experiment>(), new List<string>());
        foreach (var path in paths)
        {
            try
            {
                experiments.Add(Read(path));
            }
            catch (StageFailedException e)
            {
                errors.Add(e.Message);
            }
        }

        return errors.Count == 0 ? experiments : throw new StageFailedException(ExitCode.WrongUsage, string.Join('\n', errors));
    }

    /// <exception cref="StageFailedException">There is no such file, or it is wrong: every error with file, line, field and fix.</exception>
    internal static Experiment Read(string path)
    {
        if (!File.Exists(path))
            throw new StageFailedException(ExitCode.WrongUsage, $"There is no experiment '{path}'; those of this project are in experiments/.");
        var errors = new List<string>();
        var experiment = Document(path, errors) is { } root ? Read(path, new YamlFields(path, root, "", errors)) : null;
        return errors.Count == 0 ? experiment! : throw new StageFailedException(ExitCode.WrongUsage, string.Join('\n', errors));
    }

    private static YamlMappingNode? Document(string path, List<string> errors)
    {
        try
        {
            var stream = new YamlStream();
            using var reader = File.OpenText(path);
            stream.Load(reader);
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                return root;
            errors.Add($"{path}:1: it is no mapping of fields; an experiment begins with 'name: {Path.GetFileNameWithoutExtension(path)}'.");
        }
        catch (YamlException e)
        {
            errors.Add($"{path}:{e.Start.Line}: it is not YAML: {e.Message} Mend the line.");
        }
        catch (InvalidOperationException)
        {
            // The library's word for a text that ends inside a list or a quotation.
            errors.Add($"{path}: it is not YAML: a bracket or a quotation mark is not closed; close it.");
        }

        return null;
    }

    private static Experiment Read(string path, YamlFields fields)
    {
        var load = LoadShapeOf(fields.Choice("load", LoadNames, otherwise: "closed"));
        var requests = fields.Whole("requests", 1, MostRequests);
        var experiment = new Experiment
        {
            Name = Named(path, fields),
            Description = fields.Text("description"),
            Model = fields.Text("model"),
            Backends = fields.Choices("backend", BackendNames),
            Precisions = fields.Choices("precision", PrecisionNames),
            Adaptive = fields.Switches("adaptive"),
            Scorers = fields.Has("scorers") ? [.. fields.Wholes("scorers", 1, MostCallers).Cast<int?>()] : [null],
            TargetLatencies = fields.Has("target_latency") ? [.. fields.Durations("target_latency").Cast<TimeSpan?>()] : [null],
            TargetThroughputs = fields.Has("target_throughput") ? [.. fields.Wholes("target_throughput", 1, 10_000_000).Cast<int?>()] : [null],
            Load = load,
            Grid = [.. fields.Mappings("grid").Select(block => Block(block, load, requests))],
            Window = fields.Has("window") ? fields.Durations("window")[0] : null,
            Simulate = StandIn(fields.Mapping("simulate")),
            Small = Small(fields.Mapping("small")),
        };
        fields.RefuseOthers();
        return experiment;
    }

    private static LoadShape LoadShapeOf(string name) => name switch
    {
        "open" => LoadShape.Open,
        "backlog" => LoadShape.Backlog,
        _ => LoadShape.Closed,
    };

    private static string Named(string path, YamlFields fields)
    {
        var (name, file) = (fields.Text("name"), Path.GetFileNameWithoutExtension(path));
        if (name.Length > 0 && name != file)
            fields.Refuse("name", name, $"it must be '{file}', as the file is called");
        else if (name.Length > 0 && (!Name.IsValid(name) || name.Length > LongestName))
            fields.Refuse("name", name, $"it must be {Name.Rule}, and at most {LongestName} letters");
        return name;
    }

    private static GridBlock Block(YamlFields fields, LoadShape load, int requests)
    {
        var block = new GridBlock(
            fields.Wholes("batch", 1, MostPairs),
            load == LoadShape.Closed ? fields.Wholes("concurrency", 1, MostCallers) : [],
            load == LoadShape.Open ? [.. fields.Numbers("rate", 0.001, MostRate).Order()] : [],
            fields.Has("requests") ? fields.Whole("requests", 1, MostRequests) : requests);
        fields.RefuseOthers();
        return block;
    }

    private static SimulatedStandIn StandIn(YamlFields fields)
    {
        var standIn = new SimulatedStandIn(
            fields.Choice("device", Simulator.Devices), fields.Has("time_factor") ? fields.Numbers("time_factor", 0.01, 100)[0] : 1);
        fields.RefuseOthers();
        return standIn;
    }

    private static SmallScale Small(YamlFields fields)
    {
        var small = new SmallScale(fields.Whole("requests", 1, MostRequests), fields.Text("model"));
        fields.RefuseOthers();
        return small;
    }
}
