using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Rerank.Scorer.Inference;
using Rerank.Scorer.Models;

namespace Rerank.Scorer.Calibrating;

/// <summary>All that the time of a pass depends on. What was learned under one key says nothing about another.</summary>
/// <param name="ModelHash">Of the model's files.</param>
/// <param name="Precision">Of its weights.</param>
/// <param name="Backend">What runs it.</param>
/// <param name="Layout">Lanes, their threads and sessions: costs are those while all lanes are busy.</param>
/// <param name="Shapes">How passes become tensors.</param>
/// <param name="Device">As in the batches table.</param>
/// <param name="Host">Name of the machine, its processor and system, and how many cores this process may use.</param>
/// <param name="Runtime">Of the native library.</param>
internal sealed record CalibrationKey(
    string ModelHash, string Precision, string Backend, string Layout, string Shapes, string Device, string Host, string Runtime)
{
    private const int NameLength = 16;

    /// <summary>Different for different keys.</summary>
    internal string FileName =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, CalibrationJson.Default.CalibrationKey)))[..NameLength]
        + ".json";

    internal static CalibrationKey For(ModelFolder model, LoadedModel loaded, string device) => new(
        model.Hash,
        model.Precision,
        Backends.NameOf(loaded.Backend),
        $"{loaded.Layout}",
        loaded.ShapeText,
        device,
        $"{Environment.MachineName}, {DeviceName.OfCpu()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}",
        RuntimeLibrary.Description);
}
