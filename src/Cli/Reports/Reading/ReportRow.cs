using System.Data.Common;
using System.Numerics;

namespace Rerank.Cli.Reports.Reading;

/// <summary>The row that a query stands on.</summary>
internal sealed class ReportRow(DbDataReader reader)
{
    internal double Number(int column) => reader.GetValue(column) is BigInteger big ? (double)big : Convert.ToDouble(reader.GetValue(column));

    internal double? NumberOrNull(int column) => reader.IsDBNull(column) ? null : Number(column);

    // DuckDB's sum of integers is a HUGEINT.
    internal long Whole(int column) => reader.GetValue(column) is BigInteger big ? (long)big : Convert.ToInt64(reader.GetValue(column));

    internal int Small(int column) => Convert.ToInt32(reader.GetValue(column));

    internal string Text(int column) => reader.GetString(column);

    internal string? TextOrNull(int column) => reader.IsDBNull(column) ? null : Text(column);
}
