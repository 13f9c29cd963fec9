namespace Rerank.Scorer.Batching;

/// <summary>
/// <c>a + b·tokens + c·tokens·length</c> milliseconds, none of the three negative: what is assumed of shapes that were never seen near.
/// </summary>
internal sealed record CostLaw(double Fixed, double Token, double Attention)
{
    private const int Rounds = 8;
    private const int Steps = 60;

    // Relative errors above this count less and less: shapes that the law cannot describe must not bend it for the others.
    private const double Tolerance = 0.25;

    /// <summary>A slow machine on which batching gains little: safe until there is a reading.</summary>
    internal static CostLaw Unknown { get; } = new(0.5, 0.05, 0.00005);

    internal double Predict(double rows, double length) => Fixed + (rows * length * (Token + (Attention * length)));

    /// <summary>The law with the least robust relative error over some readings; this one decides what they leave open.</summary>
    internal CostLaw Fit(IReadOnlyList<(int Rows, int Length, double Ms, double Weight)> readings)
    {
        if (readings.Count == 0)
            return this;

        var scaled = ScaledTo(readings);
        double[] law = [scaled.Fixed, scaled.Token, scaled.Attention];
        double[] start = [.. law];
        for (var round = 0; round < Rounds; round++)
            Solve(law, start, readings);
        return new CostLaw(law[0], law[1], law[2]);
    }

    private CostLaw ScaledTo(IReadOnlyList<(int Rows, int Length, double Ms, double Weight)> readings)
    {
        var ratios = readings.Select(reading => reading.Ms / Predict(reading.Rows, reading.Length)).Order().ToArray();
        var scale = ratios[ratios.Length / 2];
        return new CostLaw(Fixed * scale, Token * scale, Attention * scale);
    }

    /// <summary>One round of reweighted least squares, solved by descent along the coordinates, each kept from going below zero.</summary>
    private static void Solve(double[] law, double[] start, IReadOnlyList<(int Rows, int Length, double Ms, double Weight)> readings)
    {
        const int N = 3;
        const double Ridge = 1e-3;
        Span<double> products = stackalloc double[N * N];
        Span<double> aims = stackalloc double[N];
        Span<double> parts = stackalloc double[N];
        foreach (var (rows, length, ms, weight) in readings)
        {
            var tokens = (double)rows * length;
            (parts[0], parts[1], parts[2]) = (1 / ms, tokens / ms, tokens * length / ms);
            var error = Math.Abs((parts[0] * law[0]) + (parts[1] * law[1]) + (parts[2] * law[2]) - 1);
            var counts = weight * Math.Min(1, Tolerance / Math.Max(error, 1e-9));
            for (var i = 0; i < N; i++)
            {
                aims[i] += counts * parts[i];
                for (var j = 0; j < N; j++)
                    products[(i * N) + j] += counts * parts[i] * parts[j];
            }
        }

        for (var step = 0; step < Steps; step++)
        {
            for (var i = 0; i < N; i++)
            {
                var own = products[(i * N) + i];
                var rest = aims[i];
                for (var j = 0; j < N; j++)
                    rest -= j == i ? 0 : products[(i * N) + j] * law[j];
                law[i] = Math.Max(0, (rest + (Ridge * own * start[i])) / (own * (1 + Ridge)));
            }
        }
    }
}
