using Rerank.Cli;

return await CommandLine.RunAsync(args);
