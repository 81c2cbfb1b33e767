using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mila.BuildingBlocks.Documents;
using Mila.BuildingBlocks.Security.ApiKeys;

namespace Mila.BuildingBlocks.Security;

/// <summary>Who may call.</summary>
public static class SecurityBlock
{
    private const string ByCredential = "ByCredential";

    /// <summary>Keys, tokens of people when <c>Oidc:Authority</c> is set, scopes, <see cref="Caller"/>, and nobody by default.</summary>
    public static IServiceCollection AddMilaSecurity(this IServiceCollection services, IConfiguration configuration)
    {
        var oidc = Oidc.SettingsOf(configuration);
        // Without AddAuthentication: it brings keys for cookies, which it writes into a home folder, and lets settings loosen what Oidc fixes.
        services.AddAuthenticationCore(options => options.DefaultScheme = ByCredential);
        services.AddWebEncoders();
        services.AddSingleton<IAuthenticationConfigurationProvider, NoFurtherSettings>();
        var authentication = new AuthenticationBuilder(services)
            .AddPolicyScheme(ByCredential, displayName: null, options => options.ForwardDefaultSelector = context =>
                oidc is null || ApiKeyAuthentication.TokenOf(context.Request)?.StartsWith(ApiKeyFormat.Start, StringComparison.Ordinal) == true
                    ? ApiKeyAuthentication.SchemeName
                    : JwtBearerDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, configureOptions: null);
        if (oidc is var (authority, audience)) authentication.AddJwtBearer(options => Oidc.Configure(options, authority, audience));

        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicy([new ScopeRequirement()], []));
        services.AddSingleton<IAuthorizationHandler, ScopeAuthorization>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, ScopeRefusals>();
        services.AddHostedService<ScopesAreStated>();

        services.AddHttpContextAccessor();
        services.AddScoped(provider => Caller.From(provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.User));
        services.AddSingleton<KeyRing>();
        services.AddSingleton(provider => new LinkSigner(provider.GetRequiredService<SigningKey>()));
        services.AddSingleton<FirstAdministrator>();
        return services;
    }

    /// <summary>The documents of this folder.</summary>
    internal static void ConfigureDocuments(ModuleDocuments documents)
    {
        documents.Document<ApiKey>().Unique(key => key.Hash).SortIndex(key => key.CreatedAt);
        documents.Document<ApiKeyUse>();
    }

    private sealed class NoFurtherSettings : IAuthenticationConfigurationProvider
    {
        public IConfiguration AuthenticationConfiguration { get; } = new ConfigurationBuilder().Build();
    }
}
