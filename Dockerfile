# The dashboard, with the local cloud as the default; AWS by environment (Cloud__Mode=Aws, AWS_REGION, ...).
#
#   docker build -t archiver .
#   docker run --network host -v archiver:/data archiver          # local cloud; this machine only; the link to sign in is in the log
#   docker run -p 8080:8080 -e Cloud__Mode=Aws -e AWS_REGION=eu-west-1 -e urls=http://+:8080 \
#     -e SignIn__Authority=https://... -e SignIn__ClientId=archiver -e SignIn__Roles__Operator__0=... archiver

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# What restoring reads, first: a change in the code leaves this layer as it is.
COPY global.json Directory.*.props Directory.Build.targets ./
COPY lib/AWSSDK.StepFunctions/*.csproj lib/AWSSDK.StepFunctions/
COPY Archiver.Lambdas/*.csproj Archiver.Lambdas/
COPY Archiver.Infra/*.csproj Archiver.Infra/
COPY Archiver.Web/*.csproj Archiver.Web/
RUN dotnet restore Archiver.Web
COPY . .
RUN dotnet publish Archiver.Web --configuration Release --no-restore --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS final
WORKDIR /app
COPY --from=build /app .
RUN mkdir /data && chown $APP_UID /data
USER $APP_UID
VOLUME /data
ENV DOTNET_EnableDiagnostics=0 \
    Cloud__Local__DataDirectory=/data \
    urls=http://localhost:8080
EXPOSE 8080
# The image has no curl; bash speaks enough HTTP for this.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/live HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && grep -q ' 200 ' <&3"]
ENTRYPOINT ["dotnet", "Archiver.Web.dll"]
