namespace Rerank.Scorer.Models.Rewriting;

/// <summary>What became of a model.</summary>
/// <param name="Folder">Full path of the new folder.</param>
/// <param name="Precision">Of the new weights.</param>
/// <param name="BytesBefore">Size of the model that it was made from, external data included.</param>
/// <param name="BytesAfter">Size of the new one.</param>
/// <param name="Done">What was changed, in words; also in the metadata of the file.</param>
public sealed record RewriteReport(string Folder, string Precision, long BytesBefore, long BytesAfter, string Done);
