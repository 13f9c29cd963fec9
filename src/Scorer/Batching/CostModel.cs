namespace Rerank.Scorer.Batching;

/// <summary>
/// Learns how long a pass of so many rows and so much length takes: a law of three coefficients, corrected near the shapes that have
/// been seen (a CPU on which 32 rows cost thrice one row each, a GPU whose first row costs 30 ms), times how the whole device fares
/// at present. Forgets slowly, follows a change of the whole device within seconds, and shrugs at single outliers. Not thread-safe.
/// </summary>
internal sealed class CostModel
{
    // The first passes of a process allocate and compile.
    private const int WarmUpPasses = 2;

    // Below so much weight near a shape, a pass of it says more about the shape than about the device.
    private const double Confident = 1.5;

    // A correction is worth less than this share of a pass's weight where nothing was seen near.
    private const double LawWeight = 1e-5;

    // Tables made of predictions are kept while no time moves by more.
    private const double Noticeable = 0.02;
    private const int PassesBetweenRedraws = 16;

    private static readonly int[] CalibratedRows = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
    private static readonly int[] CalibratedLengths = [32, 64, 128, 256, 512];

    private readonly TensorShape? _shapeOf;
    private readonly CostNode[] _nodes = [.. Enumerable.Range(0, CostGrid.Count).Select(_ => new CostNode())];
    private readonly CostDrift _drift = new();
    private bool _isRestored;
    private CostLaw _law = CostLaw.Unknown;
    private double[] _surface = new double[CostGrid.Count];
    private int _passes;
    private int _sinceRedraw;

    /// <param name="shapeOf">What is computed for a pass; null for its own rows and length.</param>
    internal CostModel(TensorShape? shapeOf = null)
    {
        _shapeOf = shapeOf;
        Redraw();
    }

    /// <summary>How much slower than learned the device is at present; 1 for the same.</summary>
    internal double Drift => Math.Exp(_drift.LogFactor);

    /// <summary>Changes when <see cref="PredictUsual"/> has changed noticeably.</summary>
    internal int Version { get; private set; }

    /// <summary>Milliseconds of a pass while all lanes are busy; never falls with more rows or more length.</summary>
    internal double Predict(int rows, int length) => PredictUsual(rows, length) * Drift;

    /// <summary><see cref="Predict"/> without <see cref="Drift"/>, which is the same for all shapes.</summary>
    internal double PredictUsual(int rows, int length)
    {
        (rows, length) = ShapeOf(rows, length);
        return CostGrid.Interpolate(_surface, rows, length);
    }

    /// <summary>A pass took so long; what is no number above 0 is no reading.</summary>
    internal void Observe(int rows, int length, double ms, long nowUs)
    {
        if (!(ms > 0) || ++_passes <= WarmUpPasses)
            return;

        (rows, length) = ShapeOf(rows, length);
        var (row, rowShare) = CostGrid.Locate(CostGrid.Rows, rows);
        var (column, columnShare) = CostGrid.Locate(CostGrid.Lengths, length);
        (rowShare, columnShare) = (Math.Min(rowShare, 1), Math.Min(columnShare, 1));
        var at = CostGrid.IndexOf(row, column);
        var above = at + CostGrid.Lengths.Length;
        ReadOnlySpan<(int Node, double Share)> around =
        [
            (at, (1 - rowShare) * (1 - columnShare)),
            (at + 1, (1 - rowShare) * columnShare),
            (above, rowShare * (1 - columnShare)),
            (above + 1, rowShare * columnShare),
        ];

        var known = 0.0;
        foreach (var (node, share) in around)
            known += share * _nodes[node].WeightAt(_passes);
        if (known >= Confident)
        {
            var isSettled = _drift.IsKnown;
            _drift.Observe(Math.Log(ms / CostGrid.Interpolate(_surface, rows, length)), nowUs);
            // What is known is of another run: until it is clear how the device fares now, a slow pass says nothing of its shape.
            if (_isRestored && !isSettled)
                return;
        }

        var excess = Math.Log(ms / _law.Predict(rows, length)) - _drift.LogFactor;
        foreach (var (node, share) in around)
        {
            if (share > 0.05)
                _nodes[node].Learn(Math.Log(LawAt(node)) + excess, share, _passes);
        }

        Refresh();
    }

    /// <summary>
    /// What was learned. If all shapes that were run have become slower together, that is the device, and no reason to save others, which
    /// were not run, as quicker than they.
    /// </summary>
    internal CostModelState Save()
    {
        var shifts = _nodes.Select(node => node.LogShift).OfType<double>().Order().ToArray();
        var shift = shifts.Length == 0 ? 0 : (shifts[(shifts.Length - 1) / 2] + shifts[shifts.Length / 2]) / 2;
        return new CostModelState(
            [_law.Fixed, _law.Token, _law.Attention],
            [.. from reading in Readings()
                let ms = reading.Node.IsRead ? reading.Ms / Math.Exp(shift) : reading.Ms
                select new CostNodeState(reading.Rows, reading.Length, ms, reading.Weight)]);
    }

    internal static CostModel Restore(CostModelState state, TensorShape? shapeOf = null)
    {
        var model = new CostModel(shapeOf) { _law = new CostLaw(state.Coefficients[0], state.Coefficients[1], state.Coefficients[2]) };
        foreach (var node in state.Nodes)
        {
            var row = Array.IndexOf(CostGrid.Rows, node.Rows);
            var column = Array.IndexOf(CostGrid.Lengths, node.Length);
            if (row >= 0 && column >= 0)
                model._nodes[CostGrid.IndexOf(row, column)].Set(Math.Log(node.Milliseconds), node.Weight);
        }

        model._isRestored = true;
        model.Redraw();
        return model;
    }

    /// <summary>Shapes worth measuring before the first pair, cheap ones first, so that calibration may end when its time is over.</summary>
    internal static IEnumerable<(int Rows, int Length)> CalibrationShapes(int maxRows, int maxTokens, int maxLength) =>
        from rows in CalibratedRows
        from length in CalibratedLengths
        where rows <= maxRows && length <= maxLength && (rows == 1 || rows * length <= maxTokens)
        orderby rows * length, rows
        select (rows, length);

    private (int Rows, int Length) ShapeOf(int rows, int length) => _shapeOf is null ? (rows, length) : _shapeOf(rows, length);

    private double LawAt(int node)
    {
        var (rows, length) = CostGrid.ShapeAt(node);
        return _law.Predict(rows, length);
    }

    private IEnumerable<(int Rows, int Length, double Ms, double Weight, CostNode Node)> Readings() =>
        from node in Enumerable.Range(0, _nodes.Length)
        let weight = _nodes[node].WeightAt(_passes)
        where weight > 0
        let shape = CostGrid.ShapeAt(node)
        select (shape.Rows, shape.Length, Math.Exp(_nodes[node].LogMs), weight, _nodes[node]);

    private void Refresh()
    {
        // At 4, 8, 16, … passes: each fit rests on twice as many as the one before.
        var refit = _passes >= 4 && int.IsPow2(_passes);
        if (refit)
            _law = _law.Fit([.. Readings().Select(reading => (reading.Rows, reading.Length, reading.Ms, reading.Weight))]);
        if (refit || _passes <= PassesBetweenRedraws || ++_sinceRedraw >= PassesBetweenRedraws)
            Redraw();
    }

    private void Redraw()
    {
        _sinceRedraw = 0;
        var weights = new double[CostGrid.Count];
        var corrections = new double[CostGrid.Count];
        for (var node = 0; node < CostGrid.Count; node++)
        {
            weights[node] = _nodes[node].WeightAt(_passes);
            if (weights[node] > 0)
                corrections[node] = weights[node] * (_nodes[node].LogMs - Math.Log(LawAt(node)));
        }

        var (near, correction) = (CostGrid.Spread(weights), CostGrid.Spread(corrections));
        var surface = new double[CostGrid.Count];
        var moved = 0.0;
        for (var node = 0; node < CostGrid.Count; node++)
            surface[node] = LawAt(node) * Math.Exp(correction[node] / (near[node] + LawWeight));
        CostTrust.Limit(surface, node => weights[node] > 0);
        CostGrid.MakeMonotone(surface);
        for (var node = 0; node < CostGrid.Count; node++)
            moved = Math.Max(moved, Math.Abs(Math.Log(surface[node] / Math.Max(_surface[node], 1e-12))));
        if (moved > Noticeable)
            (_surface, Version) = (surface, Version + 1);
    }
}
