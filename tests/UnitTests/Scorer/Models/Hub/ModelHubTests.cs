using Rerank.Scorer.Models;
using Rerank.Scorer.Models.Hub;
using Rerank.Scorer.Models.Synth;
using Rerank.Shared.Hosting;
using Rerank.TestKit;
using Rerank.TestKit.Hub;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer.Models.Hub;

public sealed class ModelHubTests : IAsyncDisposable
{
    private const string Id = "some-org/some-reranker";
    private const string Onnx = "onnx/model.onnx";

    private static readonly Lazy<Dictionary<string, byte[]>> Synth = new(MakeSynth);

    private readonly TemporaryFolder _folder = TemporaryFolder.Create();
    private readonly Progress _progress = new();
    private HubDouble _hub = new(Id, Synth.Value);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static HubReference Reference => HubReference.TryParse(Id)!;

    private HubOptions Options => new() { Endpoint = _hub.Address, CacheFolder = _folder.Path, Retries = 2, RetryDelay = TimeSpan.Zero };

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_pulled_model_opens_with_the_name_and_commit_of_the_hub()
    {
        var pulled = await PullAsync();

        pulled.Commit.ShouldBe(HubDouble.Commit);
        pulled.File.ShouldBe(Onnx);
        pulled.AlreadyThere.ShouldBeFalse();
        pulled.Model.Identity.ShouldBe($"{Id}@{HubDouble.Commit[..12]}/fp32/{pulled.Model.Hash[..16]}");
        File.ReadAllBytes(pulled.Model.OnnxPath).ShouldBe(Synth.Value[Onnx]);
        _progress.Last.Bytes.ShouldBe(_progress.Last.TotalBytes!.Value);
        Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_second_use_needs_no_hub()
    {
        var first = await OpenAsync();
        await _hub.DisposeAsync();

        var second = await OpenAsync();

        second.ShouldBe(first);
        ModelFolder.Open(Id, _folder.Path).ShouldBe(first);
    }

    [Fact]
    public async Task A_pull_while_the_hub_is_away_keeps_what_is_there_and_says_so()
    {
        await PullAsync();
        _hub.Intercept = _ => HubReply.Of(503);

        var pulled = await PullAsync();

        pulled.AlreadyThere.ShouldBeTrue();
        pulled.Notes.ShouldContain(note => note.Contains("503"));
    }

    [Fact]
    public async Task A_second_pull_downloads_nothing()
    {
        await PullAsync();
        _hub.Requests.Clear();

        (await PullAsync()).AlreadyThere.ShouldBeTrue();

        _hub.Requests.ShouldHaveSingleItem().Path.ShouldContain("/api/models/");
    }

    [Fact]
    public void A_model_that_is_not_in_the_cache_is_not_fetched_by_opening_without_network()
    {
        var refusal = Should.Throw<ModelException>(() => ModelFolder.Open(Id, _folder.Path));

        refusal.Message.ShouldContain($"rerank model pull {Id}");
        _hub.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_token_goes_to_the_hub_and_not_to_where_it_redirects()
    {
        await ModelHub.PullAsync(Reference, Options with { Token = "secret" }, _progress, TimeProvider.System, Cancellation);

        _hub.Requests.Where(request => request.ToStorage).ShouldNotBeEmpty();
        _hub.Requests.Where(request => request.ToStorage).ShouldAllBe(request => request["Authorization"] == null);
        _hub.Requests.Where(request => !request.ToStorage).ShouldAllBe(request => request["Authorization"] == "Bearer secret");
    }

    [Fact]
    public async Task A_connection_cut_in_the_middle_goes_on_from_there()
    {
        var cuts = 0;
        _hub.Intercept = request => IsOnnx(request) && cuts++ < 4 ? Cut(request) : null;

        var pulled = await PullAsync();

        // More cuts than retries: each of them brought something.
        File.ReadAllBytes(pulled.Model.OnnxPath).ShouldBe(Synth.Value[Onnx]);
        Ranges().ShouldBe([null, "bytes=1000-", "bytes=2000-", "bytes=3000-", "bytes=4000-"]);
    }

    [Theory]
    [InlineData(401, ExitCode.Failed)]
    [InlineData(404, ExitCode.WrongUsage)]
    [InlineData(503, ExitCode.Failed)]
    public async Task What_the_hub_does_not_have_is_wrong_usage_and_what_it_does_not_give_is_a_failure(int status, int exitCode)
    {
        _hub.Intercept = _ => HubReply.Of(status);

        (await Should.ThrowAsync<ModelException>(PullAsync)).ExitCode.ShouldBe(exitCode);
        (await Should.ThrowAsync<ModelException>(() => ModelFolder.OpenAsync(Id, () => Options, _progress, TimeProvider.System, Cancellation)))
            .ExitCode.ShouldBe(exitCode);
        Should.Throw<ModelException>(() => ModelFolder.Open("/no/such/folder", _folder.Path)).ExitCode.ShouldBe(ExitCode.WrongUsage);
    }

    [Fact]
    public async Task What_an_interrupted_pull_brought_is_not_fetched_again()
    {
        var requests = 0;
        _hub.Intercept = request => !IsOnnx(request) ? null : requests++ == 0 ? Cut(request) : HubReply.Of(503);
        (await Should.ThrowAsync<ModelException>(PullAsync)).Message.ShouldContain("503");
        _hub.Requests.Clear();
        _hub.Intercept = null;

        var pulled = await PullAsync();

        File.ReadAllBytes(pulled.Model.OnnxPath).ShouldBe(Synth.Value[Onnx]);
        Ranges().ShouldBe(["bytes=1000-"]);
        _hub.Requests.ShouldNotContain(request => request.Path.EndsWith("/config.json"));
    }

    [Fact]
    public async Task A_file_that_changed_in_between_is_fetched_from_its_beginning()
    {
        var tagged = false;
        _hub.Intercept = request =>
        {
            if (!IsOnnx(request) || tagged)
                return null;
            tagged = true;
            return new HubReply(200, new byte[Synth.Value[Onnx].Length], ("ETag", "\"other\"")) { CutAfter = 500 };
        };

        var pulled = await PullAsync();

        File.ReadAllBytes(pulled.Model.OnnxPath).ShouldBe(Synth.Value[Onnx]);
        _hub.Requests.Last(IsOnnx)["If-Range"].ShouldBe("\"other\"");
    }

    [Fact]
    public async Task A_damaged_part_of_an_earlier_pull_is_replaced()
    {
        var partial = Path.Combine(_folder.Path, "models", "hub", "some-org", "some-reranker", ".partial", $"{HubDouble.Commit}-fp32");
        Directory.CreateDirectory(partial);
        await File.WriteAllBytesAsync(Path.Combine(partial, "model.onnx.part"), new byte[777], Cancellation);

        var pulled = await PullAsync();

        File.ReadAllBytes(pulled.Model.OnnxPath).ShouldBe(Synth.Value[Onnx]);
        Ranges().ShouldBe(["bytes=777-", null]);
    }

    [Fact]
    public async Task A_wrong_hash_is_refused_and_leaves_nothing()
    {
        _hub.Sha256 = _ => new string('a', 64);

        var refusal = await Should.ThrowAsync<ModelException>(PullAsync);

        refusal.Message.ShouldContain("SHA-256");
        refusal.Message.ShouldContain(new string('a', 64));
        Leftovers().ShouldBeEmpty();
        Should.Throw<ModelException>(() => ModelFolder.Open(Id, _folder.Path));
    }

    [Fact]
    public async Task A_small_file_is_checked_by_the_hash_of_git()
    {
        _hub.Intercept = request => request.Path.StartsWith("/api/resolve-cache", StringComparison.Ordinal) && request.Path.EndsWith("config.json", StringComparison.Ordinal)
            ? new HubReply(200, [.. Synth.Value["config.json"][..^1], (byte)' '])
            : null;

        (await Should.ThrowAsync<ModelException>(PullAsync)).Message.ShouldContain("git hash");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refusal_names_the_token_and_the_terms(int status)
    {
        _hub.Intercept = _ => HubReply.Of(status);

        var refusal = await Should.ThrowAsync<ModelException>(PullAsync);

        refusal.Message.ShouldContain("HF_TOKEN");
        refusal.Message.ShouldContain("gated");
        _hub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_model_or_revision_is_named()
    {
        var unknown = Reference with { Revision = "v9" };

        var refusal = await Should.ThrowAsync<ModelException>(
            () => ModelHub.PullAsync(unknown, Options, _progress, TimeProvider.System, Cancellation));

        refusal.Message.ShouldContain(Id);
        refusal.Message.ShouldContain("v9");
        _hub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_busy_hub_is_left_alone_for_as_long_as_it_asks()
    {
        var time = new WaitRecorder();
        var answers = 0;
        _hub.Intercept = _ => answers++ == 0 ? HubReply.Of(429, ("Retry-After", "7")) : null;

        await ModelHub.PullAsync(Reference, Options, _progress, time, Cancellation);

        time.Waits.ShouldContain(TimeSpan.FromSeconds(7));
        _progress.Troubles.ShouldContain(trouble => trouble.Contains("429") && trouble.Contains("again in 7 s"));
    }

    [Fact]
    public async Task A_hub_that_asks_for_an_hour_is_not_waited_for()
    {
        _hub.Intercept = _ => HubReply.Of(429, ("Retry-After", "3600"));

        (await Should.ThrowAsync<ModelException>(PullAsync)).Message.ShouldContain("429");

        _hub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_pulls_at_once_download_once()
    {
        var both = await Task.WhenAll(PullAsync(), PullAsync());

        both[0].Model.ShouldBe(both[1].Model);
        both.Count(pulled => pulled.AlreadyThere).ShouldBe(1);
        Ranges().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_pull_stops()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        _hub.Intercept = request =>
        {
            if (request.ToStorage)
                cancel.Cancel();
            return null;
        };

        await Should.ThrowAsync<OperationCanceledException>(() => ModelHub.PullAsync(Reference, Options, _progress, TimeProvider.System, cancel.Token));
    }

    [Fact]
    public async Task Weights_outside_the_model_file_come_with_it()
    {
        await ServeAsync(ExternalWeights("model.onnx_data"), ("onnx/model.onnx_data", new byte[9000]));

        var pulled = await PullAsync();

        new FileInfo(Path.Combine(pulled.Model.TokenizerFolder, "model.onnx_data")).Length.ShouldBe(9000);
    }

    [Theory]
    [InlineData("../../../evil")]
    [InlineData("/etc/evil")]
    [InlineData("..")]
    public async Task Weights_that_would_lie_outside_the_folder_are_refused(string location)
    {
        await ServeAsync(ExternalWeights(location));

        (await Should.ThrowAsync<ModelException>(PullAsync)).Message.ShouldContain("no file beside it");

        Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_classifier_is_refused_before_its_weights_are_fetched()
    {
        await ServeAsync(Synth.Value[Onnx], ("config.json", """{"num_labels":3}"""u8.ToArray()));

        (await Should.ThrowAsync<ModelException>(PullAsync)).Message.ShouldContain("3 labels");

        Ranges().ShouldBeEmpty();
        Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_precision_that_is_not_there_is_refused_with_what_is()
    {
        var refusal = await Should.ThrowAsync<ModelException>(
            () => ModelHub.PullAsync(Reference with { Precision = "fp16" }, Options, _progress, TimeProvider.System, Cancellation));

        refusal.Message.ShouldContain("fp16");
        refusal.Message.ShouldContain(Onnx);
    }

    [Fact]
    public async Task A_file_whose_weights_are_not_what_its_name_says_is_refused()
    {
        await ServeAsync(Synth.Value[Onnx], ("onnx/model_fp16.onnx", Synth.Value[Onnx]));

        var refusal = await Should.ThrowAsync<ModelException>(
            () => ModelHub.PullAsync(Reference with { Precision = "fp16" }, Options, _progress, TimeProvider.System, Cancellation));

        refusal.Message.ShouldContain("named as fp16, but its weights are fp32");
        Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_server_than_a_hub_is_told_by_its_answer()
    {
        _hub.Intercept = _ => new HubReply(200, "<html>"u8.ToArray());

        (await Should.ThrowAsync<ModelException>(PullAsync)).Message.ShouldContain("HF_ENDPOINT");
    }

    [Fact]
    public async Task A_hub_that_nobody_answers_at_is_named()
    {
        await _hub.DisposeAsync();

        (await Should.ThrowAsync<ModelException>(OpenAsync)).Message.ShouldContain(_hub.Address.Authority);
    }

    private static byte[] ExternalWeights(string location) => OnnxFiles.WithExternalWeights(Synth.Value[Onnx], location);

    private static Dictionary<string, byte[]> MakeSynth()
    {
        using var folder = TemporaryFolder.Create();
        SynthModel.Write(SynthShape.Parse("1x8x2x16"), 1, tokenizerFolder: null, folder.File("synth"));
        var files = Directory.EnumerateFiles(folder.File("synth")).ToDictionary(file => Path.GetFileName(file)!, File.ReadAllBytes);
        files.Remove("model.onnx", out var onnx);
        files[Onnx] = onnx!;
        files["pytorch_model.bin"] = new byte[10_000];
        files["README.md"] = "# x"u8.ToArray();
        return files;
    }

    private static HubReply Cut(HubRequest request)
    {
        var from = request["Range"] is { } range ? int.Parse(range["bytes=".Length..^1]) : 0;
        var whole = Synth.Value[Onnx];
        return from == 0
            ? new HubReply(200, whole) { CutAfter = 1000 }
            : new HubReply(206, whole[from..], ("Content-Range", $"bytes {from}-{whole.Length - 1}/{whole.Length}")) { CutAfter = 1000 };
    }

    private async Task ServeAsync(byte[] onnx, params (string Path, byte[] Content)[] others)
    {
        await _hub.DisposeAsync();
        var files = new Dictionary<string, byte[]>(Synth.Value) { [Onnx] = onnx };
        foreach (var (path, content) in others)
            files[path] = content;
        _hub = new HubDouble(Id, files);
    }

    private Task<PulledModel> PullAsync() => ModelHub.PullAsync(Reference, Options, _progress, TimeProvider.System, Cancellation);

    private Task<ModelFolder> OpenAsync() => ModelFolder.OpenAsync(Id, () => Options, _progress, TimeProvider.System, Cancellation);

    /// <summary>Range headers of the requests for the weights.</summary>
    private List<string?> Ranges() => [.. _hub.Requests.Where(IsOnnx).Select(request => request["Range"])];

    private bool IsOnnx(HubRequest request) => request.ToStorage && request.Path.Contains(
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(_hub.Files[Onnx])), StringComparison.Ordinal);

    /// <summary>Files that are neither a whole model's nor the cache's own.</summary>
    private string[] Leftovers() =>
    [
        .. Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => file.Contains(".partial", StringComparison.Ordinal) || file.EndsWith(".part", StringComparison.Ordinal)),
    ];

    private sealed class Progress : IProgress<PullProgress>
    {
        private readonly Lock _gate = new();

        internal List<string> Troubles { get; } = [];

        internal PullProgress Last { get; private set; } = new("", "", 0, null);

        public void Report(PullProgress value)
        {
            lock (_gate)
            {
                Last = value;
                if (value.Trouble is { } trouble)
                    Troubles.Add(trouble);
            }
        }
    }
}
