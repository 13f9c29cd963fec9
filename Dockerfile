# One image a stage: docker build --target ingest|scorer|sink .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /work
# Packages first: they change less often than the code.
COPY global.json nuget.config Directory.Build.props Directory.Packages.props .editorconfig BannedSymbols.txt ./
COPY src/NATS.NKeys/NATS.NKeys.csproj src/NATS.NKeys/packages.lock.json src/NATS.NKeys/
COPY src/Shared/Shared.csproj src/Shared/packages.lock.json src/Shared/
COPY src/Ingest/Ingest.csproj src/Ingest/packages.lock.json src/Ingest/
COPY src/Scorer/Scorer.csproj src/Scorer/packages.lock.json src/Scorer/
COPY src/Sink/Sink.csproj src/Sink/packages.lock.json src/Sink/
RUN for stage in Ingest Scorer Sink; do dotnet restore --locked-mode src/$stage || exit 1; done
COPY src/ src/
RUN for stage in Ingest Scorer Sink; do dotnet publish --no-restore -c Release -o /publish/$stage src/$stage || exit 1; done
# Native libraries of other systems, most of the Scorer's size.
RUN find /publish/*/runtimes -mindepth 1 -maxdepth 1 ! -name 'linux*' ! -name unix -exec rm -rf {} +

FROM mcr.microsoft.com/dotnet/runtime:10.0 AS stage
WORKDIR /app
# The image's unprivileged user, 1654.
USER $APP_UID

FROM stage AS ingest
COPY --from=build /publish/Ingest .
ENTRYPOINT ["dotnet", "Rerank.Ingest.dll"]

FROM stage AS scorer
COPY --from=build /publish/Scorer .
ENTRYPOINT ["dotnet", "Rerank.Scorer.dll"]

FROM stage AS sink
COPY --from=build /publish/Sink .
ENTRYPOINT ["dotnet", "Rerank.Sink.dll"]
