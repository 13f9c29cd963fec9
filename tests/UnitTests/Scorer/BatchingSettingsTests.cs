using Rerank.Scorer;
using Rerank.Scorer.Models;
using Rerank.TestKit;
using Shouldly;
using Xunit;

namespace Rerank.UnitTests.Scorer;

public sealed class BatchingSettingsTests
{
    [Theory]
    [InlineData("""{"num_attention_heads":12,"hidden_size":384,"intermediate_size":1536,"max_position_embeddings":512}""", 992)]
    [InlineData("""{"num_attention_heads":2,"hidden_size":128,"intermediate_size":512,"max_position_embeddings":512}""", 4681)]
    // Long rows are for the user to bound: nearly all models of 8,192 positions are run on shorter ones.
    [InlineData("""{"num_attention_heads":16,"hidden_size":1024,"intermediate_size":4096,"max_position_embeddings":8194}""", 585)]
    [InlineData("""{"num_attention_heads":64,"hidden_size":8192,"intermediate_size":32768}""", 512)]
    [InlineData("""{"num_attention_heads":12}""", 16_384)]
    [InlineData("{}", 16_384)]
    public void A_pass_on_a_CPU_holds_as_many_tokens_as_take_64_MiB_by_the_config(string config, int tokens)
    {
        using var folder = TemporaryFolder.Create();
        File.WriteAllText(folder.File("config.json"), config);

        BatchingSettings.CpuPassTokens(ModelConfig.Read(folder.File("config.json")).MostBytesAToken).ShouldBe(tokens);
    }
}
