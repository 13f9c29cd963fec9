namespace Rerank.Cli.Reports.Html;

/// <summary>
/// The style sheet of the page: light, dark, paper and phone. Colours are Okabe and Ito's, which those who see no red or no green can tell
/// apart; what has an order is of one colour, from little to much.
/// </summary>
internal static class PageStyle
{
    internal const string Css =
        """
        :root { color-scheme: light dark; --ground: #fcfcfb; --card: #ffffff; --ink: #1a1a19; --soft: #5f5e5a; --line: #e2e1dc;
          --s0: #0072b2; --s1: #d55e00; --s2: #009e73; --s3: #e69f00; --s4: #cc79a7; --s5: #56b4e9; --s6: #5a4a8a; --s7: #6b6b66;
          --q0: #9ecae1; --q1: #4a98c9; --q2: #1764ab; --q3: #08306b; }
        @media (prefers-color-scheme: dark) { :root { --ground: #161615; --card: #20201f; --ink: #f1f0ec; --soft: #b0afa8; --line: #3a3937;
          --s0: #3389d6; --s1: #ee7733; --s2: #1fb488; --s3: #f5cf6b; --s4: #d98fbd; --s5: #a8dcff; --s6: #8f5fb0; --s7: #a8a79f;
          --q0: #2b5c8a; --q1: #4a98c9; --q2: #9ecae1; --q3: #f0f6fb; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        main { max-width: 1240px; margin: 0 auto; padding: 24px 16px 48px; }
        h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }
        h2 { font-size: 1.15rem; margin: 32px 0 8px; border-bottom: 1px solid var(--line); padding-bottom: 4px; }
        p { margin: 4px 0; } .soft, .note { color: var(--soft); } .note { font-size: .82rem; }
        article + article, nav + article, .sides + section { margin-top: 56px; } nav h2 { margin-top: 0; } a { color: inherit; }
        .tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 12px; margin: 16px 0; }
        .tile, figure { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px; }
        .tile b { display: block; font-size: 1.3rem; white-space: nowrap; font-variant-numeric: tabular-nums; } .tile span { color: var(--soft); font-size: .82rem; }
        .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 360px), 1fr)); gap: 16px; align-items: start; }
        .small { grid-template-columns: repeat(auto-fill, minmax(min(100%, 230px), 1fr)); }
        .sides { margin-top: 32px; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 32px; }
        .sides > article { margin: 0; min-width: 0; }
        figure { margin: 0; min-width: 0; max-width: 640px; } figcaption { font-weight: 600; font-size: .92rem; margin-bottom: 6px; }
        svg { display: block; width: 100%; height: auto; } svg text { fill: var(--soft); font: 11px system-ui, sans-serif; }
        svg .axis { stroke: var(--line); } svg .ink { fill: var(--ink); }
        .key { display: flex; flex-wrap: wrap; gap: 2px 14px; font-size: .82rem; color: var(--soft); margin-top: 4px; }
        .key i { display: inline-block; width: 10px; height: 10px; border-radius: 2px; margin-right: 5px; }
        .wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
        th, td { text-align: right; padding: 4px 10px; border-bottom: 1px solid var(--line); white-space: nowrap; }
        th { color: var(--soft); font-weight: 600; } th:first-child, td:first-child { text-align: left; padding-left: 0; }
        .facts td { text-align: left; white-space: normal; overflow-wrap: anywhere; vertical-align: top; }
        .facts td:first-child { color: var(--soft); white-space: nowrap; }
        @media print { :root { --ground: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #ccc; color-scheme: light;
          --s0: #0072b2; --s1: #d55e00; --s2: #009e73; --s3: #e69f00; --s4: #cc79a7; --s5: #56b4e9; --s6: #5a4a8a; --s7: #6b6b66;
          --q0: #9ecae1; --q1: #4a98c9; --q2: #1764ab; --q3: #08306b; }
          main { max-width: none; padding: 0; } figure, .tile, tr { break-inside: avoid; } h2 { break-after: avoid; }
          .wide { overflow: visible; } table { font-size: .7rem; } th, td { padding: 2px 5px; }
          .charts { grid-template-columns: 1fr 1fr; } .small { grid-template-columns: 1fr 1fr 1fr; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
        """;
}
